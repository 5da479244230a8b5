import type { Tensor } from "@pointwise/tensor";
import { quote, type Refuse } from "../../refuse.ts";
import { dataTypeName, dtypeOf } from "../data-types.ts";
import { type graphProto, modelProto, type nodeProto, type valueInfoProto } from "../messages.ts";
import { type Read, readMessage } from "../protobuf.ts";
import { readTensor } from "../tensor-proto.ts";
import { readAttributes } from "./attribute.ts";
import type { NodeInfo } from "./call.ts";
import type { OnnxInfo, OnnxValueInfo } from "./onnx-model.ts";
import { operatorNamed } from "./ops/index.ts";

/** A graph whose nodes can be run one after the other. */
export interface RunnableGraph {
  readonly info: OnnxInfo;
  readonly nodes: readonly NodeInfo[];
  /** The tensors of the file by name. */
  readonly stored: ReadonlyMap<string, Tensor>;
}

const oldestOpset = 7;
const newestOpset = 22;

/** @throws FormatError unless it is an ONNX file that can be run here. */
export function readGraph(bytes: Uint8Array, refuse: Refuse): RunnableGraph {
  const model = parse(bytes, refuse);
  const { graph } = model;
  if (!graph) return refuse("it has no graph");
  const opset = opsetOf(model, refuse);
  const stored = new Map<string, Tensor>();
  for (const proto of graph.initializer) {
    const name = proto.name ?? "";
    if (name === "" || stored.has(name)) refuse(`two of its tensors are named ${quote(name)}, or one has no name`);
    stored.set(name, readTensor(proto, refuse));
  }
  const inputs = graph.input.filter(({ name }) => !stored.has(name ?? "")).map((value) => readValue(value, refuse));
  const outputs = graph.output.map((value) => readValue(value, refuse));
  const nodes = readNodes(graph, opset, [...inputs.map(({ name }) => name), ...stored.keys()], refuse);
  checkOutputs(graph, inputs, stored, refuse);
  const info = { name: graph.name ?? "", producer: model.producerName ?? "", opset, inputs, outputs };
  return { info, nodes, stored };
}

function parse(bytes: Uint8Array, refuse: Refuse): Read<typeof modelProto> {
  try {
    return readMessage(modelProto, bytes);
  } catch (error) {
    // The reader throws plain errors of its own for bytes that are no such message.
    return refuse(`it is no protobuf message of a model: ${error instanceof Error ? error.message : error}`);
  }
}

function opsetOf({ opsetImport }: Read<typeof modelProto>, refuse: Refuse): number {
  const version = opsetImport.find(({ domain = "" }) => domain === "" || domain === "ai.onnx")?.version;
  if (version === undefined) return refuse("it does not say which version of the operators it uses");
  if (version >= oldestOpset && version <= newestOpset) return version;
  const cure = `Export it with another, in PyTorch with torch.onnx.export(..., opset_version=17).`;
  return refuse(`it uses version ${version} of the operators, but ${oldestOpset} to ${newestOpset} can be read`, cure);
}

function readValue({ name = "", type }: Read<typeof valueInfoProto>, refuse: Refuse): OnnxValueInfo {
  if (!type?.tensorType)
    return refuse(`${quote(name)} is no tensor`, "Sequences, maps and optional values cannot be read.");
  const { elemType, shape } = type.tensorType;
  const dtype = dtypeOf(elemType);
  if (!dtype) return refuse(`${quote(name)} is of ${dataTypeName(elemType)}`, "Export the model in float32.");
  const dims = shape?.dim.map(({ dimValue, dimParam = "" }) => dimValue ?? dimParam);
  return { name, dtype, shape: dims };
}

/** Checks that each value is computed once, before it is used, by an operator that there is. */
function readNodes(
  graph: Read<typeof graphProto>,
  opset: number,
  given: readonly string[],
  refuseFile: Refuse,
): readonly NodeInfo[] {
  const unknown = new Set(graph.node.filter((node) => !isKnown(node)).map(nameOfOperator));
  if (unknown.size > 0) {
    const some = [...unknown].slice(0, 8).map(quote).join(", ");
    refuseFile(
      `it uses operators that are not known here: ${some}`,
      "Leave that part of the model out of the export, and write it with ops of your own.",
    );
  }
  const known = new Set(given);
  const computed = new Set(graph.node.flatMap(({ output }) => output));
  return graph.node.map((proto) => {
    const refuse: Refuse = (what, cure) =>
      refuseFile(`node ${quote(proto.name ?? "")} (${proto.opType}) ${what}`, cure);
    for (const name of proto.input) {
      if (name === "" || known.has(name)) continue;
      const why = computed.has(name) ? "is computed only afterwards, or from it in turn" : "nothing computes";
      refuse(`reads ${quote(name)}, which ${why}`);
    }
    if (proto.output.length === 0) refuse("has no output");
    for (const name of proto.output) {
      if (name !== "" && known.has(name)) refuse(`computes ${quote(name)}, which there is already`);
      known.add(name);
    }
    const { name = "", opType = "", input: inputs, output: outputs } = proto;
    return { name, opType, inputs, outputs, attributes: readAttributes(proto.attribute, refuse), opset, refuse };
  });
}

const isKnown = ({ opType = "", domain = "" }: Read<typeof nodeProto>): boolean =>
  (domain === "" || domain === "ai.onnx") && operatorNamed(opType) !== undefined;

const nameOfOperator = ({ opType = "", domain = "" }: Read<typeof nodeProto>): string =>
  domain === "" || domain === "ai.onnx" ? opType : `${domain}.${opType}`;

function checkOutputs(
  graph: Read<typeof graphProto>,
  inputs: readonly OnnxValueInfo[],
  stored: ReadonlyMap<string, Tensor>,
  refuse: Refuse,
): void {
  const known = new Set([
    ...inputs.map(({ name }) => name),
    ...stored.keys(),
    ...graph.node.flatMap(({ output }) => output),
  ]);
  if (new Set(inputs.map(({ name }) => name)).size < inputs.length) refuse("two of its inputs have one name");
  if (graph.output.length === 0) refuse("it has no output");
  const missing = graph.output.find(({ name = "" }) => name === "" || !known.has(name));
  if (missing) refuse(`nothing computes its output ${quote(missing.name ?? "")}`);
}
