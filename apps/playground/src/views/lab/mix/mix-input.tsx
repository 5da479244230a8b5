import { labText } from "../../../text/lab/index.ts";

import { HeatMap } from "../../../ui/heat-map.tsx";
import { Picture } from "../../../ui/picture.tsx";
import { Select } from "../../../ui/select.tsx";
import { writeNumber } from "../write-number.ts";
import { channelScales } from "./channel-scales.ts";
import { pictureNames } from "./pictures.ts";
import { PixelChooser } from "./pixel-chooser.tsx";
import { PixelMap } from "./pixel-map.tsx";
import { pixelValues } from "./pixel-sum.ts";
import { chosenPixel, picture, pictureName } from "./state.ts";

/** The picture, and the channel maps it is made of. */
export function MixInput() {
  const text = labText().mix;
  const { side, channels } = picture.value;
  const values = pixelValues(picture.value, chosenPixel.value);
  return (
    <div class="mix-input">
      <Select
        label={text.picture}
        value={pictureName.value}
        options={pictureNames.map((value) => ({ value, title: text.pictures[value] }))}
        onChange={(name) => {
          pictureName.value = name;
        }}
      />
      <PixelChooser>
        <PixelMap>
          <Picture values={channels} height={side} width={side} label={text.pictures[pictureName.value]} />
        </PixelMap>
      </PixelChooser>
      <div class="mix-channels">
        {text.colours.map((colour, c) => (
          <figure key={colour}>
            <PixelMap>
              <HeatMap
                values={channels.subarray(c * side * side, (c + 1) * side * side)}
                height={side}
                width={side}
                label={text.channelLabel(colour)}
                scale={channelScales[c]!}
              />
            </PixelMap>
            <figcaption>
              {colour} <b>{writeNumber(values[c]!)}</b>
            </figcaption>
          </figure>
        ))}
      </div>
    </div>
  );
}
