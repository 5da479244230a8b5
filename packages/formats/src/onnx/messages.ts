import { many, one } from "./protobuf.ts";

/**
 * The messages of ONNX that models of tensors need, with their field numbers. Subgraphs (of If and Loop), sequences, maps,
 * sparse tensors and training information are left out: a field that is not here is skipped when read.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
const stringEntry = {
  name: "StringStringEntryProto",
  fields: { key: one(1, "string"), value: one(2, "string") },
} as const;

export const tensorProto = {
  name: "TensorProto",
  fields: {
    dims: many(1, "int64"),
    dataType: one(2, "int64"),
    floatData: many(4, "float"),
    int32Data: many(5, "int64"),
    int64Data: many(7, "int64"),
    name: one(8, "string"),
    rawData: one(9, "bytes"),
    doubleData: many(10, "double"),
    externalData: many(13, stringEntry),
    dataLocation: one(14, "int64"),
  },
} as const;

export const attributeProto = {
  name: "AttributeProto",
  fields: {
    name: one(1, "string"),
    f: one(2, "float"),
    i: one(3, "int64"),
    s: one(4, "bytes"),
    t: one(5, tensorProto),
    floats: many(7, "float"),
    ints: many(8, "int64"),
    strings: many(9, "bytes"),
    type: one(20, "int64"),
  },
} as const;

export const nodeProto = {
  name: "NodeProto",
  fields: {
    input: many(1, "string"),
    output: many(2, "string"),
    name: one(3, "string"),
    opType: one(4, "string"),
    attribute: many(5, attributeProto),
    domain: one(7, "string"),
  },
} as const;

const dimension = {
  name: "TensorShapeProto.Dimension",
  fields: { dimValue: one(1, "int64"), dimParam: one(2, "string") },
} as const;

const shapeProto = { name: "TensorShapeProto", fields: { dim: many(1, dimension) } } as const;

const tensorType = {
  name: "TypeProto.Tensor",
  fields: { elemType: one(1, "int64"), shape: one(2, shapeProto) },
} as const;

const typeProto = { name: "TypeProto", fields: { tensorType: one(1, tensorType) } } as const;

export const valueInfoProto = {
  name: "ValueInfoProto",
  fields: { name: one(1, "string"), type: one(2, typeProto) },
} as const;

export const graphProto = {
  name: "GraphProto",
  fields: {
    node: many(1, nodeProto),
    name: one(2, "string"),
    initializer: many(5, tensorProto),
    input: many(11, valueInfoProto),
    output: many(12, valueInfoProto),
    valueInfo: many(13, valueInfoProto),
  },
} as const;

const operatorSetId = {
  name: "OperatorSetIdProto",
  fields: { domain: one(1, "string"), version: one(2, "int64") },
} as const;

export const modelProto = {
  name: "ModelProto",
  fields: {
    irVersion: one(1, "int64"),
    producerName: one(2, "string"),
    producerVersion: one(3, "string"),
    docString: one(6, "string"),
    graph: one(7, graphProto),
    opsetImport: many(8, operatorSetId),
  },
} as const;

/** AttributeProto.AttributeType */
export const attributeType = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7, strings: 8 } as const;
