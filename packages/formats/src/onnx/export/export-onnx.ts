import { type DType, type Shape, type Tensor, UsageError } from "@pointwise/tensor";
import { dataTypes } from "../data-types.ts";
import { modelProto, type valueInfoProto } from "../messages.ts";
import { type Write, writeMessage } from "../protobuf.ts";
import { Builder, type Value } from "./builder.ts";
import { emitGraph } from "./emit-graph.ts";
import type { Node } from "./graph.ts";
import { batchSizes, traceGraph } from "./trace-graph.ts";

export interface OnnxExportOptions {
  /**
   * The names of the tensors that the function reads, which the file will keep: `[...model.namedParameters(), ...model.namedBuffers()]`
   * as a map. (Not `stateDict()`, whose tensors are copies.) Other tensors become constants. Without this, all are named "tensor", "tensor_1" and
   * so on, as weights are.
   */
  readonly names?: ReadonlyMap<string, Tensor> | undefined;
  /** What the model is called in the file; "model" unless said otherwise. */
  readonly modelName?: string | undefined;
  /** A text for whoever uses the file, such as what the input must be: the file's doc_string, which viewers show. */
  readonly docString?: string | undefined;
  /** Whether the first dimension of the input may have any size, as is the default. Without it the file takes the given shape only. */
  readonly dynamicBatch?: boolean | undefined;
}

/** The version of the operators, and of the file format that goes with it (ONNX 1.12, 2022), which current tools all read. */
const opset = 17;
const irVersion = 8;

/**
 * A function of one tensor, such as a model's `forward`, as an ONNX file: what it does is found by running it once without values, so
 * it must be made of ops of `@pointwise/tensor`. Its input is named "input", its output "output".
 *
 * Layers become the operators that ONNX has for them (Conv, Gemm, BatchNormalization, …), in operator set 17. Tensors of int32 stay int32.
 * @param forward what the model does when it is used: call `model.eval()` before.
 * @param input what it is used on: the shape with the batch dimension, of any size unless `dynamicBatch` is false; float32 unless said otherwise.
 * @returns the file's bytes.
 * @see https://onnx.ai/onnx/operators/
 * @throws UsageError naming an op that ONNX has no counterpart for, in training mode (random numbers, running statistics), if what the function
 *   does depends on the batch size, and for a model of 2 GiB and more, the most that one such file can hold
 */
export function exportOnnx(
  forward: (x: Tensor) => Tensor,
  input: { readonly shape: Shape; readonly dtype?: DType | undefined },
  { names, modelName = "model", docString, dynamicBatch = true }: OnnxExportOptions = {},
): Uint8Array<ArrayBuffer> {
  const graph = traceGraph(forward, input.shape, input.dtype ?? "float32", dynamicBatch);
  if (names) checkNames(names, graph.nodes);
  const builder = new Builder(graph.input.dtype, names ? namedIn(names) : () => "tensor");
  const described = new Map<Value, Node>();
  const output = emitGraph(graph, builder, (value, node) => node.kind === "op" && described.set(value, node));
  const { nodes, initializer, output: result } = builder.finish(output);
  described.delete(result);
  const bytes = initializer.reduce((sum, { rawData }) => sum + rawData!.byteLength, 0);
  if (bytes > 0x7fff_0000) {
    throw new UsageError(
      `exportOnnx: the weights have ${bytes} bytes, but an ONNX file holds less than 2 GiB. Use safetensors for them.`,
    );
  }
  return writeMessage(modelProto, {
    irVersion,
    producerName: "pointwise",
    docString,
    opsetImport: [{ domain: "", version: opset }],
    graph: {
      name: modelName,
      node: nodes,
      initializer,
      input: [valueInfo(builder.input, graph.input)],
      output: [valueInfo(result, graph.output)],
      valueInfo: [...described].map(([value, node]) => valueInfo(value, node)),
    },
  });
}

/** What is known of a value: its type, and its shape, in which the batch size has a name. */
function valueInfo({ name, dtype }: Value, { shapes }: Node): Write<typeof valueInfoProto> {
  const dim = shapes[0].map((d, i) => {
    if (shapes.every((s) => s[i] === d)) return { dimValue: d };
    return shapes.every((s, v) => s[i] === batchSizes[v]) ? { dimParam: "batch" } : {};
  });
  return { name, type: { tensorType: { elemType: dataTypes[dtype], shape: { dim } } } };
}

/** A tensor is known by its memory and shape, so that a parameter that was wrapped anew keeps its name. */
function namedIn(names: ReadonlyMap<string, Tensor>): (tensor: Tensor) => string | undefined {
  const byStorage = new Map([...names].toReversed().map(([name, x]) => [x.storage, { name, shape: x.shape }]));
  return ({ storage, shape }) => {
    const named = byStorage.get(storage);
    return named && `${named.shape}` === `${shape}` ? named.name : undefined;
  };
}

function checkNames(names: ReadonlyMap<string, Tensor>, nodes: readonly Node[]): void {
  const read = new Set(nodes.flatMap((node) => (node.kind === "stored" ? [node.tensor.storage] : [])));
  if (names.size === 0 || read.size === 0 || [...names.values()].some((x) => read.has(x.storage))) return;
  throw new UsageError(
    `exportOnnx: the function reads none of the ${names.size} named tensors ("${[...names.keys()][0]}" and so on). stateDict() gives copies: use ` +
      "new Map([...model.namedParameters(), ...model.namedBuffers()]).",
  );
}
