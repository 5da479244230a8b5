import "../../style/lab/index.ts";
import { labText } from "../../text/lab/index.ts";
import { MixPart } from "./mix/mix-part.tsx";

/** Each part stands alone, in the order in which the idea unfolds; those that need the worker come last. */
export function LabView() {
  const text = labText();
  return (
    <div class="lab stack">
      <h2>{text.title}</h2>
      <p class="lead">{text.lead}</p>
      <MixPart />
    </div>
  );
}
