import { useState } from "preact/hooks";
import { experiment } from "../../state/experiment.ts";
import { sizes, status } from "../../state/training.ts";
import { Button } from "../../ui/button.tsx";
import { formatCount } from "../../ui/format.ts";
import { downloadFile, downloadReport } from "./make-files.ts";

interface Download {
  readonly title: string;
  readonly text: string;
  readonly make: () => Promise<string>;
}

const downloads: readonly Download[] = [
  {
    title: "model.safetensors",
    text: "The weights, by the names that PyTorch has for the same layers.",
    make: () => downloadFile("model.safetensors"),
  },
  {
    title: "model.onnx",
    text: "The model with its weights, for ONNX Runtime and others, for batches of any size. It says in itself how its input is to be normalised.",
    make: () => downloadFile("model.onnx"),
  },
  {
    title: "report.html",
    text: "Settings, network, curves, confusion matrix and worst mistakes on one page that needs nothing else.",
    make: downloadReport,
  },
];

const samples: Download = {
  title: "samples.npz",
  text: "Your samples, normalised and split, which the script below reads. NumPy reads them, too.",
  make: () => downloadFile("samples.npz"),
};

export function FilesCard() {
  const [message, setMessage] = useState<{ readonly text: string; readonly isWrong: boolean }>();
  const { kind } = experiment.value.data;
  const ready = sizes.value !== undefined;
  const make = async (download: Download) => {
    setMessage({ text: `Making ${download.title}.`, isWrong: false });
    try {
      setMessage({ text: await download.make(), isWrong: false });
    } catch (error) {
      setMessage({ text: error instanceof Error ? error.message : String(error), isWrong: true });
    }
  };
  return (
    <section class="card stack" aria-labelledby="files-title">
      <h2 id="files-title">The model as files</h2>
      <p class="muted">{stateText(ready)}</p>
      <ul class="downloads">
        {(kind === "images" || kind === "csv" ? [...downloads, samples] : downloads).map((download) => (
          <li key={download.title}>
            <Button label={`Download ${download.title}`} onClick={() => make(download)} disabled={!ready}>
              {download.title}
            </Button>
            <p class="muted">{download.text}</p>
          </li>
        ))}
      </ul>
      <p class={message?.isWrong ? "wrong" : "muted"} aria-live="polite">
        {message?.text}
      </p>
    </section>
  );
}

function stateText(ready: boolean): string {
  if (!ready) return "There is no model yet: see Train.";
  const { step } = status.value;
  return step === 0
    ? "The model has not been trained: its weights are those that it began with."
    : `The model as it is after ${formatCount(step)} of ${formatCount(sizes.value?.totalSteps ?? 0)} steps.`;
}
