import { UsageError } from "@pointwise/tensor";

export const noCounterpart = (op: string, why = ""): UsageError =>
  new UsageError(
    `exportOnnx: the op "${op}" has no counterpart in ONNX${why && ` ${why}`}. Put it together from ops that have one, or apply it outside of what is exported.`,
  );
