import "../../style/lab/index.ts";
import { labText } from "../../text/lab/index.ts";
import { useOneAFrame } from "../../ui/use-one-a-frame.ts";
import { CountPart } from "./count/count-part.tsx";
import { MixPart } from "./mix/mix-part.tsx";
import { SearchPart } from "./search/search-part.tsx";
import { SlidePart } from "./slide/slide-part.tsx";
import { TwinsPart } from "./twins/twins-part.tsx";

/** Each part stands alone, in the order in which the idea unfolds; those that need the worker come last. */
const parts = [
  { name: "mix", Part: MixPart },
  { name: "slide", Part: SlidePart },
  { name: "count", Part: CountPart },
  { name: "twins", Part: TwinsPart },
  { name: "search", Part: SearchPart },
];

export function LabView() {
  const text = labText();
  const shown = useOneAFrame(parts.length);
  return (
    <div class="lab stack">
      <h2>{text.title}</h2>
      <p class="lead">{text.lead}</p>
      {parts.slice(0, shown).map(({ name, Part }) => (
        <Part key={name} />
      ))}
    </div>
  );
}
