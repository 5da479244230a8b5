import { labText } from "../../../text/lab/index.ts";
import { Button } from "../../../ui/button.tsx";
import { Select } from "../../../ui/select.tsx";
import { Slider } from "../../../ui/slider.tsx";
import { kernelSizes, mostChannels, mostPadding, mostStride } from "./setting.ts";
import { changeSetting, setting } from "./state.ts";

export function SlideSettingFields() {
  const text = labText().slide;
  const { kernelSize, channels, stride, padding, seed } = setting.value;
  const sizes = kernelSizes.map((size) => ({ size, value: `${size}`, title: `${size} × ${size}` }));
  return (
    <div class="lab-controls">
      <Select
        label={text.kernelSize}
        value={`${kernelSize}`}
        options={sizes}
        onChange={(value) => changeSetting({ kernelSize: sizes.find((size) => size.value === value)!.size })}
      />
      <Slider
        label={text.channels}
        value={channels}
        min={1}
        max={mostChannels}
        onInput={(value) => changeSetting({ channels: value })}
      />
      <Slider
        label={text.stride}
        value={stride}
        min={1}
        max={mostStride}
        onInput={(value) => changeSetting({ stride: value })}
      />
      <Slider
        label={text.padding}
        value={padding}
        min={0}
        max={mostPadding}
        onInput={(value) => changeSetting({ padding: value })}
      />
      <Button onClick={() => changeSetting({ seed: seed + 1 })}>{text.newNumbers}</Button>
    </div>
  );
}
