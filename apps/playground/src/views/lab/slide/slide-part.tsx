import { labText } from "../../../text/lab/index.ts";
import { Proof } from "../proof.tsx";
import { pictureSide } from "./setting.ts";
import { SliceRow } from "./slice-row.tsx";
import { SlidePlayer } from "./slide-player.tsx";
import { SlideSettingFields } from "./slide-setting.tsx";
import { SlideSize } from "./slide-size.tsx";
import { SlideTotal } from "./slide-total.tsx";
import { difference, maps, setting } from "./state.ts";

/** A kernel slides over a picture of several channels; each slice fills a partial map, all together the output map. */
export function SlidePart() {
  const text = labText().slide;
  const { channels, kernelSize, padding } = setting.value;
  return (
    <section class="card stack lab-part" aria-labelledby="lab-slide">
      <h3 id="lab-slide">{text.title}</h3>
      <p>{text.idea}</p>
      <SlideSettingFields />
      <SlidePlayer />
      <div class="slide-frame">
        <div
          class="slide-stage"
          style={{ "--input": pictureSide + 2 * padding, "--kernel": kernelSize, "--map": maps.value.side }}
        >
          {Array.from({ length: channels }, (_, channel) => (
            <SliceRow key={`${channel}`} channel={channel} />
          ))}
          <SlideTotal />
        </div>
      </div>
      <SlideSize />
      <Proof claim={text.check} difference={difference.value} />
    </section>
  );
}
