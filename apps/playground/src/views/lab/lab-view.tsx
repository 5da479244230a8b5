import "../../style/lab/index.ts";
import { labText } from "../../text/lab/index.ts";
import { CountPart } from "./count/count-part.tsx";
import { MixPart } from "./mix/mix-part.tsx";
import { SlidePart } from "./slide/slide-part.tsx";

/** Each part stands alone, in the order in which the idea unfolds; those that need the worker come last. */
export function LabView() {
  const text = labText();
  return (
    <div class="lab stack">
      <h2>{text.title}</h2>
      <p class="lead">{text.lead}</p>
      <MixPart />
      <SlidePart />
      <CountPart />
    </div>
  );
}
