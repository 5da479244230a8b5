import { Rng } from "@pointwise/tensor";
import { expect, test } from "vitest";
import { type BlockKind, blockKinds, makeBlock } from "../src/blocks/block.ts";
import { buildModel } from "../src/blocks/build-model.ts";
import { describeBlocks } from "../src/blocks/describe-blocks.ts";
import { makeLayer } from "../src/blocks/make-layer.ts";
import { NoRng } from "../src/blocks/without-values.ts";
import { defaultExperiment } from "../src/experiment/presets.ts";

const chain = (...blocks: [BlockKind, Record<string, number>?][]) =>
  blocks.map(([kind, numbers]) => makeBlock(kind, numbers));

const problemOf = (input: number[], classes: number, ...blocks: [BlockKind, Record<string, number>?][]) =>
  describeBlocks(chain(...blocks), input, classes).problem;

test("shapes, parameters and MACs are those of the summary of the real model", () => {
  const { rows, parameters, macs, problem } = describeBlocks(defaultExperiment.blocks, [1, 28, 28], 10);
  const summary = buildModel(defaultExperiment.blocks, [1, 28, 28], 10, new Rng(0)).summary([1, 28, 28]);
  expect(problem).toBeUndefined();
  const shown = ({ layer, outputShape, parameters: own, formula, macs: work }: (typeof rows)[number]) => [
    layer,
    outputShape,
    own,
    formula,
    work,
  ];
  expect(rows.map(shown)).toEqual(summary.rows.map(shown));
  expect([parameters, macs]).toEqual([summary.parameters, summary.macs]);
});

test("the formula of a convolution's parameters is written out", () => {
  const [conv, pointwise] = describeBlocks(
    chain(["conv", { channels: 8 }], ["conv1x1", { channels: 5 }]),
    [3, 9, 9],
    5,
  ).rows;
  expect(conv).toMatchObject({
    outputShape: [8, 9, 9],
    formula: "3·3·3·8 + 8",
    parameters: 224,
    macs: 3 * 3 * 3 * 8 * 81,
  });
  expect(pointwise).toMatchObject({ outputShape: [5, 9, 9], formula: "1·1·8·5 + 5", parameters: 45, macs: 8 * 5 * 81 });
});

test("every kind of block can be made, and is named in a row", () => {
  for (const kind of blockKinds) {
    const input = [4, 8, 8];
    const blocks = kind === "dense" ? chain(["flatten"], ["dense"]) : chain([kind]);
    const { rows } = describeBlocks(blocks, input, 4);
    const layer = makeLayer(makeBlock(kind), kind === "dense" ? [256] : input, new NoRng());
    expect(rows.at(-1)!.layer).toBe(`${layer.constructor.name}(${layer.extraRepr()})`);
  }
});

test("a dense block on a map is refused by the layer itself, which says that a Flatten is missing", () => {
  const problem = problemOf([1, 28, 28], 10, ["conv"], ["relu"], ["dense", { features: 10 }]);
  expect(problem?.at).toBe(2);
  expect(problem?.message).toContain(
    'Linear at "2": expects 12544 features in the last dimension, but got [1, 16, 28, 28]',
  );
  expect(problem?.message).toContain('Its input comes from "1" (ReLU). Put new Flatten() before it.');
});

test("a convolution after a flatten is refused by the layer itself", () => {
  const problem = problemOf([1, 8, 8], 10, ["flatten"], ["conv"]);
  expect(problem).toMatchObject({
    at: 1,
    message: expect.stringContaining("Values that were flattened have lost their height and width"),
  });
});

test("rows end where the chain breaks", () => {
  const { rows, problem } = describeBlocks(chain(["conv"], ["maxPool", { window: 9 }], ["relu"]), [1, 8, 8], 10);
  expect(rows).toHaveLength(1);
  expect(problem).toMatchObject({ at: 1, message: expect.stringMatching(/MaxPool2d at "1".*9/s) });
});

test.each<[string, number[], [BlockKind, Record<string, number>?][], string]>([
  [
    "scores of other classes",
    [2],
    [["dense", { features: 7 }]],
    "gives [7], but the model must end with a score for each of the 3 classes, [3]. Set the last dense block to 3",
  ],
  [
    "a map per class",
    [1, 8, 8],
    [["conv1x1", { channels: 3 }]],
    "gives [3, 8, 8], but the model must end with a score for each of the 3 classes, [3]. Add a global average pool",
  ],
  ["a map of other channels", [1, 8, 8], [["conv"]], "Add a 1×1 convolution to 3 channels and a global average pool"],
  ["no block", [2], [], "There is no block yet."],
])("an end that does not fit the classes is explained: %s", (_, input, blocks, message) => {
  expect(problemOf(input, 3, ...blocks)?.message).toContain(message);
});

test("more weights than a page can train are refused before they are made", () => {
  const problem = problemOf([1, 28, 28], 10, ["conv", { channels: 512 }], ["flatten"], ["dense", { features: 4096 }]);
  expect(problem).toMatchObject({ at: 2, message: expect.stringContaining("would have 1,644,167,168 weights") });
});
