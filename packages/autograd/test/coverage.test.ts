import * as exports from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import { families } from "./op-table/families.ts";
import { recordedOps } from "./op-table/recorded-ops.ts";
import { coveredBy } from "./op-table/row.ts";

/** Exported functions that are no functions of tensors to differentiate: creation, definition, types, shapes, machinery. */
const notInTheTable = [
  ..."apply assign trace currentTracer withGradMode isGradEnabled vjpOf threefry2x32 numberAlgebra".split(" "),
  ..."tensor fromData full zeros ones zerosLike onesLike arange linspace eye".split(" "),
  ..."elementwise kernel reduction view conv2dAttrs pool2dAttrs toPair".split(" "),
  ..."runReference setAccelerator newStructureKey structureVersion toggleStructure".split(" "),
  ..."copyValues viewBuffer windowSizes pool2dWindows adaptivePool2dWindows checkIndices".split(" "),
  ..."isFloat bytesPerElement promoteTypes promoteToFloat".split(" "),
  ..."broadcastShapes formatShape normalizeDim normalizeDims sameShape sizeOf stridesOf".split(" "),
  ..."Tensor Storage Rng PointwiseError DTypeError FormatError ShapeError UsageError".split(" "),
];

const ops = new Map(Object.entries(exports).filter((entry): entry is [string, exports.Op] => isOp(entry[1])));
const functions = Object.entries(exports).filter(([, value]) => typeof value === "function");
const rows = Object.values(families).flat();
const covered = new Set(rows.flatMap(coveredBy));

function isOp(value: unknown): value is exports.Op {
  return typeof value === "object" && value !== null && "kind" in value;
}

test("every exported op and every exported function of tensors has a row", () => {
  const names = [
    ...[...ops.keys()].map((name) => name.replace(/Op$/, "")),
    ...functions.map(([name]) => name).filter((name) => !notInTheTable.includes(name)),
  ];
  expect(
    [...new Set(names)].filter((name) => !covered.has(name)),
    "add a row under test/op-table/rows",
  ).toEqual([]);
});

test("the list of exceptions has nothing that is not exported, or that has a row", () => {
  const names = functions.map(([name]) => name);
  expect(notInTheTable.filter((name) => !names.includes(name) || covered.has(name))).toEqual([]);
});

test("every row covers something that is exported", () => {
  const names = new Set(Object.keys(exports));
  expect([...covered].filter((name) => !names.has(name) && !names.has(`${name}Op`))).toEqual([]);
});

describe("the rows of an op go through it:", () => {
  test.each([...ops])("%s", (name, op) => {
    const own = rows.filter((row) => coveredBy(row).includes(name.replace(/Op$/, "")));
    expect(own.some((row) => recordedOps(row).has(op))).toBe(true);
  });
});
