import { apply } from "./apply.ts";
import { assign } from "./assign.ts";
import { full, tensor } from "./create.ts";
import { type DType, isFloat } from "./dtype.ts";
import { DTypeError, ShapeError, UsageError } from "./errors.ts";
import type { Op } from "./op.ts";
import { add } from "./ops/add.ts";
import { cast } from "./ops/cast.ts";
import { gt } from "./ops/gt.ts";
import { mul } from "./ops/mul.ts";
import { type DrawAttrs, randomBitsOp, randomNormalOp, randomUniformOp } from "./ops/random.ts";
import { formatShape, type Shape, sameShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** A whole number from 0 to 2⁵³ − 1, a bigint from 0 to 2⁶⁴ − 1, or any text. */
export type Seed = number | bigint | string;

export interface UniformOptions {
  readonly low?: number;
  readonly high?: number;
  /** float32 or float64. */
  readonly dtype?: DType;
}

export interface NormalOptions {
  readonly mean?: number;
  readonly std?: number;
  /** float32 or float64. */
  readonly dtype?: DType;
}

/**
 * A source of random tensors. It is counter-based: element i of draw c is Threefry-2x32 of the key (the seed) and (i, c), and
 * every draw advances the counter. So the same seed gives the same bits, on every machine, eagerly and compiled. A stream is good
 * for 2³² draws of up to 2³² elements.
 */
export class Rng {
  private readonly key: readonly [Tensor, Tensor];
  private readonly counter: Tensor;

  /** @throws UsageError if the seed is not one. */
  constructor(seed: Seed = 0) {
    const bits = seedBits(seed);
    this.key = [int32Scalar(Number(bits >> 32n)), int32Scalar(Number(bits & 0xffffffffn))];
    this.counter = int32Scalar(0);
  }

  /**
   * Uniform in [low, high). In float32 the values are multiples of 2^-24 before they are scaled; scaling rounds, so that with bounds
   * other than 0 and 1 `high` itself is possible, as in PyTorch.
   * @see https://pytorch.org/docs/stable/generated/torch.rand.html
   */
  uniform(shape: Shape, { low = 0, high = 1, dtype = "float32" }: UniformOptions = {}): Tensor {
    if (!(low < high && Number.isFinite(high - low))) {
      throw new UsageError(
        `Rng.uniform: needs finite bounds with low < high, but got low = ${low} and high = ${high}.`,
      );
    }
    return affine(this.draw(randomUniformOp, shape, floatType("uniform", dtype)), high - low, low);
  }

  /**
   * Normal with the given mean and standard deviation.
   * @see https://pytorch.org/docs/stable/generated/torch.normal.html
   */
  normal(shape: Shape, { mean = 0, std = 1, dtype = "float32" }: NormalOptions = {}): Tensor {
    if (!(std >= 0 && Number.isFinite(std) && Number.isFinite(mean))) {
      throw new UsageError(`Rng.normal: needs a finite mean and std ≥ 0, but got mean = ${mean} and std = ${std}.`);
    }
    return affine(this.draw(randomNormalOp, shape, floatType("normal", dtype)), std, mean);
  }

  /**
   * True with probability `p` (rounded up to a multiple of 2^-24).
   * @see https://pytorch.org/docs/stable/generated/torch.bernoulli.html
   */
  bernoulli(shape: Shape, p: number): Tensor {
    if (!(p >= 0 && p <= 1))
      throw new UsageError(`Rng.bernoulli: the probability must be between 0 and 1, but is ${p}.`);
    return gt(p, this.draw(randomUniformOp, shape, "float32"));
  }

  /**
   * Whole numbers from `low` to `high` - 1 as int32. A value's probability is off by at most 2^-53: 53 random bits are scaled.
   * @see https://pytorch.org/docs/stable/generated/torch.randint.html
   */
  randint(shape: Shape, low: number, high: number): Tensor {
    const fits = Number.isInteger(low) && Number.isInteger(high) && low >= -(2 ** 31) && high <= 2 ** 31;
    if (!fits || low >= high || high - low >= 2 ** 31) {
      throw new UsageError(
        `Rng.randint: needs whole numbers low < high in the range of int32, less than 2^31 apart, but got ${low} and ${high}. ` +
          "The upper bound is exclusive.",
      );
    }
    // Never `high`: the largest double below 1 times a range below 2³¹ rounds to less than the range.
    return add(cast(mul(this.draw(randomUniformOp, shape, "float64"), high - low), "int32"), low);
  }

  /**
   * The numbers 0 to n - 1 in random order, int32 [n], by Fisher and Yates. Not for compiled functions: it reads values.
   * @see https://pytorch.org/docs/stable/generated/torch.randperm.html
   */
  permutation(n: number): Tensor {
    if (!Number.isInteger(n) || n < 0 || n > 2 ** 31) {
      throw new UsageError(`Rng.permutation: needs a whole number n from 0 to 2^31, but got ${n}.`);
    }
    const uniform = this.draw(randomUniformOp, [n], "float64").data;
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(uniform[i]! * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return tensor(order);
  }

  /** A new stream, independent of this one, which advances by a draw. Not for compiled functions: split before, or outside. */
  split(): Rng {
    const [key0, key1] = this.draw(randomBitsOp, [2], "int32").data;
    const child = new Rng();
    assign(child.key[0], int32Scalar(key0!));
    assign(child.key[1], int32Scalar(key1!));
    return child;
  }

  /** The whole state: `key` int32 [2] and `counter` int32 []. */
  stateDict(): Map<string, Tensor> {
    const [key0, key1] = this.key;
    return new Map([
      ["key", tensor(Int32Array.of(key0.item(), key1.item()))],
      ["counter", int32Scalar(this.counter.item())],
    ]);
  }

  /**
   * Goes on where the saved stream was, bit for bit.
   * @throws UsageError, ShapeError or DTypeError if `dict` is not what `stateDict` gives.
   */
  loadStateDict(dict: ReadonlyMap<string, Tensor>): void {
    const [key, counter] = [savedInt32(dict, "key", [2]), savedInt32(dict, "counter", [])];
    assign(this.key[0], int32Scalar(key.data[0]!));
    assign(this.key[1], int32Scalar(key.data[1]!));
    assign(this.counter, counter);
  }

  private draw(op: Op<DrawAttrs>, shape: Shape, dtype: DType): Tensor {
    const out = apply(op, [...this.key, this.counter], { shape: [...shape], dtype });
    assign(this.counter, add(this.counter, 1));
    return out;
  }
}

const int32Scalar = (value: number): Tensor => full([], value, { dtype: "int32" });

function affine(x: Tensor, scale: number, shift: number): Tensor {
  const scaled = scale === 1 ? x : mul(x, scale);
  return shift === 0 ? scaled : add(scaled, shift);
}

function floatType(method: string, dtype: DType): DType {
  if (!isFloat(dtype))
    throw new DTypeError(`Rng.${method}: draws float32 or float64 values, not ${dtype}. Use randint or bernoulli.`);
  return dtype;
}

function seedBits(seed: Seed): bigint {
  if (typeof seed === "string") return hash(seed);
  if (typeof seed === "bigint" ? seed >= 0n && seed < 1n << 64n : Number.isSafeInteger(seed) && seed >= 0)
    return BigInt(seed);
  throw new UsageError(
    `Rng: a seed is a whole number from 0 to 2^53 − 1, a bigint from 0 to 2^64 − 1, or a text, but got ${String(seed)}.`,
  );
}

/** FNV-1a with 64 bits, over UTF-16 code units. @see http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): bigint {
  let bits = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    for (const byte of [text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8]) {
      bits = BigInt.asUintN(64, (bits ^ BigInt(byte)) * 0x100000001b3n);
    }
  }
  return bits;
}

function savedInt32(dict: ReadonlyMap<string, Tensor>, name: string, shape: Shape): Tensor {
  const saved = dict.get(name);
  const rule = `A saved Rng has "key" int32 [2] and "counter" int32 [].`;
  if (!saved) throw new UsageError(`Rng.loadStateDict: "${name}" is missing. ${rule}`);
  if (!sameShape(saved.shape, shape)) {
    throw new ShapeError(`Rng.loadStateDict: "${name}" has shape ${formatShape(saved.shape)}. ${rule}`);
  }
  if (saved.dtype !== "int32") throw new DTypeError(`Rng.loadStateDict: "${name}" is ${saved.dtype}. ${rule}`);
  return saved;
}
