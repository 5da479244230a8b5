/** Workloads as ONNX models, serialized. Inference only. */
import onnxProto from "onnx-proto";
import { Cannot } from "../serve.mjs";

/**
 * @typedef {import("../serve.mjs").Values} Values
 * @typedef {import("../workloads.mjs").Workload} Workload
 */

const { onnx } = onnxProto; // it is a CommonJS module
const float = onnx.TensorProto.DataType.FLOAT;

/** @param {string} name @param {number[]} [shape] */
const value = (name, shape) => ({
  name,
  type: { tensorType: { elemType: float, ...(shape && { shape: { dim: shape.map((dimValue) => ({ dimValue })) } }) } },
});

/** @param {string} name @param {Values} values */
const initializer = (name, { shape, data }) => ({
  ...{ name, dims: shape, dataType: float },
  rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
});

/** @param {string} name @param {number[]} ints */
const ints = (name, ints) => ({ name, type: onnx.AttributeProto.AttributeType.INTS, ints });

/** @param {number} padding */
const pads = (padding) => ints("pads", [padding, padding, padding, padding]);

const transB = { name: "transB", type: onnx.AttributeProto.AttributeType.INT, i: 1 };

const operators = {
  ...{ linear: "Gemm", conv: "Conv", relu: "Relu", tanh: "Tanh", sigmoid: "Sigmoid", maxpool2: "MaxPool" },
  ...{ flatten: "Flatten", globalAvgPool: "GlobalAveragePool" },
};

/**
 * Input "x", of a kernel its first operand, and output "out".
 * @param {Workload} workload
 * @param {Record<string, Values>} tensors
 */
export function onnxModel(workload, tensors) {
  const graph = workload.kind === "kernel" ? kernelGraph(workload, tensors) : networkGraph(workload, tensors);
  const model = { irVersion: 7, opsetImport: [{ domain: "", version: 13 }], graph: { name: workload.name, ...graph } };
  return onnx.ModelProto.encode(onnx.ModelProto.fromObject(model)).finish();
}

/**
 * @param {import("../workloads.mjs").Network} network
 * @param {Record<string, Values>} tensors
 */
function networkGraph({ kind, layers, input, batch }, tensors) {
  if (kind !== "inference") throw new Cannot("inference only");
  const node = layers.map((layer, i) => {
    const hasWeights = layer[0] === "linear" || layer[0] === "conv";
    const attribute = [];
    if (layer[0] === "linear") attribute.push(transB);
    if (layer[0] === "conv") attribute.push(pads(layer[4]));
    if (layer[0] === "maxpool2") attribute.push(ints("kernel_shape", [2, 2]), ints("strides", [2, 2]));
    return {
      ...{ opType: operators[layer[0]], attribute },
      input: [i === 0 ? "x" : `value${i}`, ...(hasWeights ? [`${i}.weight`, `${i}.bias`] : [])],
      output: [i === layers.length - 1 ? "out" : `value${i + 1}`],
    };
  });
  return {
    node,
    initializer: Object.entries(tensors).map(([name, values]) => initializer(name, values)),
    ...{ input: [value("x", [batch, ...input])], output: [value("out")] },
  };
}

/**
 * The second operand is a constant, as weights are: the runtime then lays it out as it likes best.
 * @param {import("../workloads.mjs").Kernel} workload
 * @param {Record<string, Values>} tensors
 */
function kernelGraph({ kernel }, tensors) {
  const operator = {
    ...{ matmul: "MatMul", convForward: "Conv", convInputGrad: "ConvTranspose", convWeightGrad: undefined },
    add: undefined,
  }[kernel];
  if (!operator) throw new Cannot("no such operator");
  const [operand, weight] = Object.keys(tensors);
  const attribute = kernel === "matmul" ? [] : [pads(1)];
  return {
    node: [{ opType: operator, input: [operand, weight], output: ["out"], attribute }],
    initializer: [initializer(weight, tensors[weight])],
    ...{ input: [value(operand, tensors[operand].shape)], output: [value("out")] },
  };
}
