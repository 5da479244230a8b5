import { labText } from "../../../text/lab/index.ts";
import { Slider } from "../../../ui/slider.tsx";
import { changeSizes, sizes } from "./state.ts";

const limits = {
  height: { min: 1, max: 64 },
  width: { min: 1, max: 64 },
  inChannels: { min: 1, max: 256 },
  outChannels: { min: 1, max: 256 },
  kernelSize: { min: 1, max: 7, step: 2 },
} as const;

const names = ["height", "width", "inChannels", "outChannels", "kernelSize"] as const;

export function CountFields() {
  const text = labText().count;
  return (
    <div class="lab-controls">
      {names.map((name) => (
        <Slider
          key={name}
          label={text[name]}
          value={sizes.value[name]}
          {...limits[name]}
          onInput={(value) => changeSizes({ [name]: value })}
        />
      ))}
    </div>
  );
}
