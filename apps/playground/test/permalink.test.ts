import fc from "fast-check";
import { expect, test } from "vitest";
import { type Block, blockKinds, makeBlock, rulesOf } from "../src/blocks/block.ts";
import { type DataChoice, dataKinds, noiseRule, pictureSizeRule } from "../src/experiment/data-choice.ts";
import { type Experiment, experimentNumbers, optimizerKinds, scheduleKinds } from "../src/experiment/experiment.ts";
import type { NumberRule } from "../src/experiment/number-rule.ts";
import { fromHash, toHash } from "../src/experiment/permalink.ts";
import { defaultExperiment, presetFor } from "../src/experiment/presets.ts";

const number = ({ least, most, step }: NumberRule) =>
  Number.isInteger(step)
    ? fc.integer({ min: least, max: most })
    : fc.double({ min: least, max: most, noNaN: true }).map((x) => (x === 0 ? 0 : x)); // a link has no −0

const numbers = (rules: Readonly<Record<string, NumberRule>>) =>
  fc.record(Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, number(rule)])));

const block: fc.Arbitrary<Block> = fc
  .constantFrom(...blockKinds)
  .chain((kind) => numbers(rulesOf(kind)).map((values) => makeBlock(kind, values)));

const data: fc.Arbitrary<DataChoice> = fc.constantFrom(...dataKinds).chain((kind): fc.Arbitrary<DataChoice> => {
  if (kind === "spiral" || kind === "moons") return number(noiseRule).map((noise) => ({ kind, noise }));
  if (kind === "images") return number(pictureSizeRule).map((size) => ({ kind, size }));
  return fc.constant({ kind });
});

const experiment: fc.Arbitrary<Experiment> = fc.record({
  data,
  blocks: fc.array(block, { maxLength: 12 }),
  optimizer: fc.constantFrom(...optimizerKinds),
  schedule: fc.constantFrom(...scheduleKinds),
  lr: number(experimentNumbers.lr),
  momentum: number(experimentNumbers.momentum),
  weightDecay: number(experimentNumbers.weightDecay),
  batchSize: number(experimentNumbers.batchSize),
  epochs: number(experimentNumbers.epochs),
  seed: number(experimentNumbers.seed),
});

test("a link gives back every experiment, bit for bit", () => {
  fc.assert(
    fc.property(experiment, (e) => {
      expect(fromHash(toHash(e))).toEqual(e);
    }),
  );
});

test("a link is a text that a URL may contain as it is", () => {
  fc.assert(
    fc.property(experiment, (e) => {
      expect(new URL(`https://x.org/#${toHash(e)}`).hash).toBe(`#${toHash(e)}`);
    }),
  );
});

test("whatever a hash is, it is read or refused by an explained error", () => {
  const link = toHash(presetFor({ kind: "spiral", noise: 0.1 }, 3));
  const damaged = fc
    .tuple(fc.nat(link.length), fc.nat(6), fc.string())
    .map(([at, cut, put]) => link.slice(0, at) + put + link.slice(at + cut));
  fc.assert(
    fc.property(fc.oneof(damaged, fc.string()), (hash) => {
      try {
        toHash(fromHash(hash));
      } catch (error) {
        expect(error).toMatchObject({ name: "FormatError" });
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["v=1", "v=9", 'This link is of version "9", but this page reads version 1.'],
  ["data=digits", "data=cats", 'data is "cats", but must be one of digits, spiral'],
  ["lr=0.01", "lr=fast", 'lr is "fast", but must be a number from 0.000001 to 10'],
  ["&seed=0", "", "seed is missing, but must be a whole number from 0 to 4294967295"],
  ["batchSize=64", "batchSize=1.5", 'batchSize is "1.5", but must be a whole number from 1 to 1024'],
  ["model=conv_8", "model=conv_8.5", 'model, block 0, channels is "8.5", but must be a whole number from 1 to 512'],
  ["~relu", "~rely", 'model, block 1 is "rely", but must be one of conv, conv1x1'],
  ["~relu", "~relu_3", 'model, block 1 is "relu_3", but must be relu with no numbers'],
  ["~maxPool_2", "~maxPool", 'model, block 2 is "maxPool", but must be maxPool with window'],
])("%s changed to %s is explained", (from, to, message) => {
  const hash = toHash(defaultExperiment);
  expect(hash).toContain(from);
  expect(() => fromHash(hash.replace(from, to))).toThrow(message);
});
