import { elementwise } from "../define.ts";
import type { DType } from "../dtype.ts";
import type { Algebra } from "../elementwise/algebra.ts";
import { checkShape, type Shape } from "../shape.ts";
import { threefry2x32 } from "../threefry.ts";

/**
 * What a draw is made of besides its inputs, which are three 0-d int32 tensors: the two words of the key, and the counter.
 * Element i is a function of key, counter and i only, so that it is the same wherever and in whatever order it is computed.
 */
export interface DrawAttrs {
  readonly shape: Shape;
  readonly dtype: DType;
}

/* @__NO_SIDE_EFFECTS__ */
function draw(name: string, value: <V>(k: Algebra<V>, dtype: DType, word0: V, word1: V) => V) {
  return elementwise<DrawAttrs>({
    name,
    shape: ({ shape }) => {
      checkShape(shape, name);
      return shape;
    },
    dtype: ({ dtype }) => dtype,
    expr: (k, { dtype }, key0, key1, counter) => value(k, dtype, ...threefry2x32(k, key0!, key1!, k.index(), counter!)),
  });
}

/** 32 random bits as an int32. */
export const randomBitsOp = draw("randomBits", (_, __, word) => word);

/** In [0, 1), every value equally likely: multiples of 2⁻²⁴ in float32, of 2⁻⁵³ in float64, which both hold exactly. */
export const randomUniformOp = draw("randomUniform", (k, dtype, word0, word1) => {
  if (dtype === "float32") return k.mul(k.ishr(word0, 8), k.c(2 ** -24));
  return k.add(k.mul(k.ishr(word0, 5), k.c(2 ** -27)), k.mul(k.ishr(word1, 6), k.c(2 ** -53)));
});

/**
 * Standard normal, by the Box–Muller transform of the two words of one block. The first is taken from (0, 1], whose
 * logarithm is finite: no value is larger than 5.8 in float32 or 6.6 in float64 (a true one is once in 10⁸ and 10¹⁰).
 * @see G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates", Ann. Math. Stat. 29 (1958)
 */
export const randomNormalOp = draw("randomNormal", (k, dtype, word0, word1) => {
  const bits = dtype === "float32" ? 24 : 31;
  const uniform = (word: typeof word0) => k.mul(word, k.c(2 ** -bits));
  const radius = k.sqrt(k.mul(k.c(-2), k.log(uniform(k.add(k.ishr(word0, 32 - bits), k.c(1))))));
  return k.mul(radius, k.cos(k.mul(k.c(2 * Math.PI), uniform(k.ishr(word1, 32 - bits)))));
});
