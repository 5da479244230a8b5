import { decodeSafetensors, encodeSafetensors, type Safetensors } from "@pointwise/formats";
import { FormatError } from "@pointwise/tensor";
import { hashTensors } from "./hash-tensors.ts";

/** A safetensors file with a checksum among its texts: the format has none, and a wrong bit in a weight would go unseen. */
export function encodeCheckpoint({ tensors, metadata }: Safetensors): Uint8Array {
  return encodeSafetensors({ tensors, metadata: { ...metadata, sha256: checksum({ tensors, metadata }) } });
}

/**
 * A file without a checksum, as other programs write it, is taken as it is.
 * @throws FormatError that says what is wrong with the file
 */
export function decodeCheckpoint(bytes: Uint8Array, file: string): Safetensors {
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  const { sha256, ...texts } = metadata;
  if (sha256 !== undefined && sha256 !== checksum({ tensors, metadata: texts })) {
    throw new FormatError(
      `${file}: its content is not what \`train\` has written: the checksum differs. Was it changed by another program, or damaged on the disk?`,
    );
  }
  return { tensors, metadata: texts };
}

const checksum = ({ tensors, metadata }: Safetensors): string =>
  hashTensors(tensors, JSON.stringify(Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))));
