import { CodeCard } from "./code-card.tsx";
import { FilesCard } from "./files-card.tsx";
import { LinkCard } from "./link-card.tsx";
import { LoadCard } from "./load-card.tsx";
import "./take-away.css";

/** The experiment as a link and as code, the model as files, and files back into the model. */
export function TakeAwayView() {
  return (
    <div class="take-away" lang="en">
      <div class="stack">
        <LinkCard />
        <FilesCard />
        <LoadCard />
      </div>
      <CodeCard />
    </div>
  );
}
