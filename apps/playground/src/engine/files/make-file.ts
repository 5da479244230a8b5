import type { Session } from "../session.ts";
import { onnxFile } from "./onnx-file.ts";
import { samplesFile } from "./samples-file.ts";
import { weightsFile } from "./weights-file.ts";

export type FileName = "model.safetensors" | "model.onnx" | "samples.npz";

export function makeFile(session: Session, name: FileName): Uint8Array<ArrayBuffer> {
  switch (name) {
    case "model.safetensors":
      return weightsFile(session);
    case "model.onnx":
      return onnxFile(session);
    case "samples.npz":
      return samplesFile(session.data);
  }
}
