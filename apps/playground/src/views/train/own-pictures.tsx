import { pictureSizeRule } from "../../experiment/data-choice.ts";
import { edit } from "../../state/experiment.ts";
import { choosePictures, pictureMessage, resizePictures } from "../../state/own-pictures.ts";
import { FileField } from "../../ui/file-field.tsx";
import { Slider } from "../../ui/slider.tsx";

/** A folder of the visitor's, with a folder for each class in it. */
export function OwnPictures({ size }: { readonly size: number }) {
  const message = pictureMessage.value;
  return (
    <>
      <FileField
        label="A folder with a folder of pictures for each class"
        folder
        onChoose={(chosen) => choosePictures(chosen, size)}
      />
      <Slider
        label="Each becomes"
        value={size}
        min={pictureSizeRule.least}
        max={pictureSizeRule.most}
        step={4}
        format={(value) => `${value}×${value} pixels`}
        onInput={(value) => {
          edit({ data: { kind: "images", size: value } });
          resizePictures(value);
        }}
      />
      <p class="muted" aria-live="polite">
        {message === "" ? "PNG, JPEG and what else your browser shows. They stay on your machine." : message}
      </p>
    </>
  );
}
