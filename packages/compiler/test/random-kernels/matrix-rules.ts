import { logSoftmax, matmul, permute, softmax, softmaxCrossEntropy } from "@pointwise/tensor";
import { hasDims, mostExact, type Program, type Rule, type Value } from "./program.ts";
import { about, moderate, rangeOf, settle } from "./ranges.ts";

const isMatrix = ({ tensor }: Value) => tensor.rank >= 2;

function product(p: Program, left: Value, right: Value, transposeA: boolean, transposeB: boolean): void {
  const terms = left.tensor.shape.at(transposeA ? -2 : -1)!;
  const isExact = rangeOf([left, right], 0).whole && left.size * right.size * terms <= mostExact;
  const [a, b] = isExact ? [left, right] : [moderate(p, left), moderate(p, right)];
  const text = `matmul(${a.name}, ${b.name}, ${JSON.stringify({ transposeA, transposeB })})`;
  const y = matmul(a.tensor, b.tensor, { transposeA, transposeB });
  settle(p, p.add(text, y, rangeOf([a, b], a.size * b.size * terms)), terms);
}

/** The last two dimensions exchanged, by a copy that a product may take for a flag. */
function transposed(p: Program, x: Value): Value {
  const { rank } = x.tensor;
  const dims = x.tensor.shape.map((_, i) => (i < rank - 2 ? i : 2 * rank - 3 - i));
  return p.add(`transpose(${x.name})`, permute(x.tensor, dims), x);
}

export const matmulRules: Readonly<Record<string, Rule>> = {
  matmul: (p) => {
    const x = p.pick(isMatrix);
    if (!x) return;
    const [transposeX, transposeW, isRight] = [0, 0, 0].map(() => p.choose(0, 1) === 1) as [boolean, boolean, boolean];
    const terms = x.tensor.shape.at(transposeX === isRight ? -1 : -2)!;
    const size = p.choose(1, 40);
    const stack = p.oneOf<readonly number[]>([[], [], x.tensor.shape.slice(0, -2)]);
    const w = p.given([...stack, ...(transposeW === isRight ? [terms, size] : [size, terms])]);
    if (isRight) product(p, w, x, transposeW, transposeX);
    else product(p, x, w, transposeX, transposeW);
  },
  gram: (p) => {
    const x = p.pick(isMatrix);
    const isOuter = p.choose(0, 1) === 0;
    if (x) product(p, x, x, !isOuter, isOuter);
  },
  ofTransposed: (p) => {
    const x = p.pick(isMatrix);
    if (!x) return;
    const [isCopied, transposeB] = [p.choose(0, 1) === 1, p.choose(0, 1) === 1];
    const [size, terms] = [p.choose(1, 40), x.tensor.shape.at(-2)!];
    const w = p.given(isCopied === transposeB ? [terms, size] : [size, terms]);
    product(p, transposed(p, x), isCopied ? transposed(p, w) : w, false, transposeB);
  },
  transpose: (p) => {
    const x = p.pick(isMatrix);
    if (x) transposed(p, x);
  },
};

function along(name: string, f: typeof softmax): Rule {
  return (p) => {
    const picked = p.pick(hasDims);
    if (!picked) return;
    const x = moderate(p, picked);
    const dim = x.tensor.rank - 1 - p.choose(0, x.tensor.rank - 1);
    p.add(`${name}(${x.name}, ${dim})`, f(x.tensor, dim), about(name === "softmax" ? 1 : 12));
  };
}

export const softmaxRules: Readonly<Record<string, Rule>> = {
  softmax: along("softmax", softmax),
  logSoftmax: along("logSoftmax", logSoftmax),
  crossEntropy: (p) => {
    const picked = p.pick(isMatrix);
    if (!picked) return;
    const x = moderate(p, picked);
    const { shape } = x.tensor;
    const labels = p.indices(shape.toSpliced(1, 1), shape[1]!);
    const losses = softmaxCrossEntropy(x.tensor, labels.tensor);
    p.add(`softmaxCrossEntropy(${x.name}, ${labels.name})`, losses, about(12));
    if (p.choose(0, 1) === 0) return;
    const dim = p.choose(1, shape.length - 1);
    p.add(`softmax(${x.name}, ${dim})`, softmax(x.tensor, dim), about(1));
  },
};
