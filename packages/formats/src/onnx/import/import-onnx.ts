import { isFloat } from "@pointwise/tensor";
import { refusing } from "../../refuse.ts";
import { OnnxModel } from "./onnx-model.ts";
import { operatorNamed } from "./ops/index.ts";
import { type RunnableGraph, readGraph } from "./read-graph.ts";

/**
 * Reads an ONNX file, such as PyTorch's `torch.onnx.export` writes, of operator sets 7 to 22: networks of the usual operators on
 * tensors, without control flow, quantization or values in other files.
 *
 * The model works as it does when it is used: batch normalization by its statistics, which stay as they are, and no dropout.
 * @param bytes the whole file. Its weights are copied.
 * @param file its name, for errors.
 * @see https://onnx.ai/onnx/intro/concepts.html
 * @throws FormatError if it is no such file, or uses an operator that is not known here
 */
export function importOnnx(bytes: Uint8Array, file: string): OnnxModel {
  const graph = readGraph(bytes, refusing(file, "ONNX"));
  return new OnnxModel(graph, parametersOf(graph), file);
}

/** The names of the tensors to train: floats with dimensions, unless they are only settings of operators. */
function parametersOf({ nodes, stored }: RunnableGraph): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { opType, inputs } of nodes) {
    const settings = operatorNamed(opType)!.settings ?? []; // was looked up when the file was read
    inputs.forEach((name, i) => {
      if (!settings.includes(i)) used.add(name);
    });
  }
  return new Set(
    [...stored].filter(([name, x]) => used.has(name) && x.rank > 0 && isFloat(x.dtype)).map(([name]) => name),
  );
}
