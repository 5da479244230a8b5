import * as t from "@pointwise/tensor";
import { values } from "../inputs.ts";
import type { Row } from "../row.ts";

const key = values(0x13198a2e, "int32");
const key1 = values(0x03707344, "int32");
const counter = values(0x085a308d, "int32");
const inputs = [key, key1, counter];
const reason = "PyTorch draws other numbers";

/** The words of Threefry-2x32, which has Random123's known answers as tests of its own. */
function words(shape: number, [key0, key1, counter]: readonly t.Tensor[]): [number, number][] {
  return Array.from({ length: shape }, (_, i) =>
    t.threefry2x32(t.numberAlgebra(), key0!.item(), key1!.item(), i, counter!.item()),
  );
}

export const random: readonly Row[] = [
  {
    name: "randomBits",
    inputs,
    fn: (...x) => t.apply(t.randomBitsOp, x, { shape: [5], dtype: "int32" }),
    torch: null,
    witness: { reason, values: (...x) => [words(5, x).map(([a]) => a)] },
  },
  {
    name: "randomUniform, float32",
    inputs,
    fn: (...x) => t.apply(t.randomUniformOp, x, { shape: [5], dtype: "float32" }),
    torch: null,
    witness: { reason, values: (...x) => [words(5, x).map(([a]) => (a >>> 8) / 2 ** 24)] },
  },
  {
    name: "randomUniform, float64",
    inputs,
    fn: (...x) => t.apply(t.randomUniformOp, x, { shape: [5], dtype: "float64" }),
    torch: null,
    witness: { reason, values: (...x) => [words(5, x).map(([a, b]) => ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53)] },
  },
  {
    name: "randomNormal",
    inputs,
    fn: (...x) => t.apply(t.randomNormalOp, x, { shape: [5], dtype: "float64" }),
    torch: null,
    witness: {
      reason,
      values: (...x) => [
        words(5, x).map(
          ([a, b]) =>
            Math.sqrt(-2 * Math.log(((a >>> 1) + 1) / 2 ** 31)) * Math.cos(2 * Math.PI * ((b >>> 1) / 2 ** 31)),
        ),
      ],
    },
  },
];
