import type { FileName } from "../../engine/files/make-file.ts";
import type { Curve } from "../../state/curve.ts";
import { experiment, linkTo } from "../../state/experiment.ts";
import { client, curves } from "../../state/training.ts";
import { saveFile } from "./save-file.ts";

/** @throws Error (the promise rejects) that says why the worker cannot make it */
export async function downloadFile(file: FileName): Promise<string> {
  const bytes = await client.ask("file", { file });
  saveFile(file, bytes, "application/octet-stream");
  return saved(file, bytes);
}

export async function downloadReport(): Promise<string> {
  const { loss, accuracy, heldOutLoss, heldOutAccuracy } = curves.value;
  const bytes = await client.ask("report", {
    link: linkTo(experiment.value),
    curves: {
      loss: pointsOf(loss),
      accuracy: pointsOf(accuracy),
      heldOutLoss: pointsOf(heldOutLoss),
      heldOutAccuracy: pointsOf(heldOutAccuracy),
    },
  });
  saveFile("report.html", bytes, "text/html");
  return saved("report.html", bytes);
}

const pointsOf = ({ x, values }: Curve) => ({ x, values });

const saved = (file: string, { length }: Uint8Array): string =>
  `Saved ${file}, ${length < 1e6 ? `${Math.ceil(length / 1000)} kB` : `${(length / 1e6).toFixed(1)} MB`}.`;
