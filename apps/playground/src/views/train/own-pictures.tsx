import { useState } from "preact/hooks";
import { pictureSizeRule } from "../../experiment/data-choice.ts";
import { ownData } from "../../state/data.ts";
import { edit } from "../../state/experiment.ts";
import { FileField } from "../../ui/file-field.tsx";
import { Slider } from "../../ui/slider.tsx";
import { readPictures } from "./read-pictures.ts";

/** A folder of the visitor's, with a folder for each class in it. */
export function OwnPictures({ size }: { readonly size: number }) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [message, setMessage] = useState("");
  const read = async (chosen: readonly File[], newSize: number) => {
    setFiles(chosen);
    if (chosen.length === 0) return;
    try {
      const pictures = await readPictures(chosen, newSize, (done, all) =>
        setMessage(`Read ${done} of ${all} pictures.`),
      );
      setMessage("");
      ownData.value = { ...ownData.value, pictures };
    } catch (error) {
      setMessage(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <FileField
        label="A folder with a folder of pictures for each class"
        folder
        onChoose={(chosen) => read(chosen, size)}
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
          read(files, value);
        }}
      />
      <p class="muted" aria-live="polite">
        {message === "" ? "PNG, JPEG and what else your browser shows. They stay on your machine." : message}
      </p>
    </>
  );
}
