import { labText } from "../../../text/lab/index.ts";
import { Proof } from "../proof.tsx";
import { SlidePlayer } from "./slide-player.tsx";
import { SlideSettingFields } from "./slide-setting.tsx";
import { SlideSize } from "./slide-size.tsx";
import { SlideStage } from "./slide-stage.tsx";
import { difference } from "./state.ts";

/** A kernel slides over a picture of several channels; each slice fills a partial map, all together the output map. */
export function SlidePart() {
  const text = labText().slide;
  return (
    <section class="card stack lab-part" aria-labelledby="lab-slide">
      <h3 id="lab-slide">{text.title}</h3>
      <p>{text.idea}</p>
      <SlideSettingFields />
      <SlidePlayer />
      <SlideStage />
      <SlideSize />
      <Proof claim={text.check} difference={difference.value} />
    </section>
  );
}
