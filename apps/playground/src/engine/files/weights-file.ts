import { decodeSafetensors, encodeSafetensors } from "@pointwise/formats";
import { toHash } from "../../experiment/permalink.ts";
import type { Session } from "../session.ts";
import type { Weights } from "../weights.ts";
import { describeModel } from "./describe-model.ts";

/** The weights and running statistics, by the names that PyTorch has for them, and the experiment that they are of. */
export function weightsFile(session: Session): Uint8Array<ArrayBuffer> {
  const { model, experiment } = session;
  return encodeSafetensors({
    tensors: model.stateDict(),
    metadata: { format: "pt", description: describeModel(session), experiment: toHash(experiment) },
  });
}

/** @throws FormatError that says what is wrong with the file */
export function readWeights(file: string, bytes: Uint8Array): Weights {
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  return { file, tensors, experiment: metadata.experiment };
}
