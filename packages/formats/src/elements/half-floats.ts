/** A float of 16 bits: 1 for the sign, then the exponent, then the fraction. */
interface HalfFormat {
  readonly fractionBits: number;
  /** The exponent of the smallest normal number; what is below is subnormal. */
  readonly minExponent: number;
  /** Infinity's bits, and those of the one NaN that is written. */
  readonly infinity: number;
  readonly nan: number;
  /** The distance of neighbouring numbers, by exponent from the smallest on. */
  readonly steps: Float64Array;
}

function halfFormat(fractionBits: number, minExponent: number): HalfFormat {
  const infinity = 0x8000 - (1 << fractionBits);
  const steps = Float64Array.from({ length: 2 - 2 * minExponent }, (_, i) => 2 ** (i + minExponent - fractionBits));
  return { fractionBits, minExponent, infinity, nan: infinity + (1 << (fractionBits - 1)), steps };
}

/** IEEE 754's binary16: 5 bits of exponent, 10 of fraction. */
export const float16 = halfFormat(10, -14);

/** The upper half of a float32: 8 bits of exponent, 7 of fraction. */
export const bfloat16 = halfFormat(7, -126);

const sign = 0x8000;
const bits = new DataView(new ArrayBuffer(8));

/** The n of 2ⁿ ≤ x < 2ⁿ⁺¹, for a positive x; −1023 for doubles that are subnormal. */
function exponentOf(x: number): number {
  bits.setFloat64(0, x);
  return (bits.getUint16(0) >>> 4) - 1023;
}

/** For 0 ≤ x < 2⁵¹: at 2⁵² doubles are whole numbers, and the addition rounds to the nearest, ties to even. */
const roundToEven = (x: number): number => x + 2 ** 52 - 2 ** 52;

function toHalf(x: number, { fractionBits, minExponent, infinity, nan, steps }: HalfFormat): number {
  if (Number.isNaN(x)) return nan;
  const negative = x < 0 || Object.is(x, -0) ? sign : 0;
  const magnitude = Math.abs(x);
  const exponent = Math.max(exponentOf(magnitude) - minExponent, 0);
  const step = steps[exponent];
  if (step === undefined) return negative | infinity;
  // Of a normal number the quotient has a leading bit, which adds 1 to the exponent's field; so does rounding up to the next power.
  return negative | Math.min((exponent << fractionBits) + roundToEven(magnitude / step), infinity);
}

/**
 * Rounds each value once, to the nearest, ties to even; what is too large becomes infinity, as IEEE 754 has it.
 * @see https://en.wikipedia.org/wiki/Half-precision_floating-point_format
 */
export function toHalfs(values: ArrayLike<number>, format: HalfFormat): Uint16Array<ArrayBuffer> {
  const halfs = new Uint16Array(values.length);
  for (let i = 0; i < halfs.length; i++) halfs[i] = toHalf(values[i]!, format);
  return halfs;
}

function fromHalf(half: number, { fractionBits, infinity, steps }: HalfFormat): number {
  const magnitude = half & 0x7fff;
  if (magnitude > infinity) return Number.NaN;
  const field = magnitude >>> fractionBits;
  const fraction = magnitude & ((1 << fractionBits) - 1);
  // Normal numbers have a leading bit that is not written down.
  const value =
    magnitude === infinity
      ? Number.POSITIVE_INFINITY
      : field === 0
        ? fraction * steps[0]!
        : (fraction + (1 << fractionBits)) * steps[field - 1]!;
  return half & sign ? -value : value;
}

/** Exact: float32 holds every number of either format. */
export function fromHalfs(halfs: Uint16Array, format: HalfFormat): Float32Array<ArrayBuffer> {
  const values = new Float32Array(halfs.length);
  for (let i = 0; i < values.length; i++) values[i] = fromHalf(halfs[i]!, format);
  return values;
}
