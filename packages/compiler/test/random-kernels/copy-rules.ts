import {
  argmax,
  argmin,
  broadcastTo,
  cast,
  concat,
  cumsum,
  flip,
  gather,
  indexAdd,
  indexSelect,
  lt,
  oneHot,
  pad,
  permute,
  scatterAdd,
  slice,
  stack,
  type Tensor,
  topk,
} from "@pointwise/tensor";
import { hasDims, type Program, type Rule, type Value } from "./program.ts";
import { rangeOf, settle } from "./ranges.ts";

/** A copy of floats, or of integers or bools made of them and made floats again. */
function copy(f: (p: Program, x: Tensor) => readonly [text: string, y: Tensor]): Rule {
  return (p) => {
    const x = p.pick(hasDims);
    if (!x) return;
    const kind = x.whole ? p.oneOf(["float", "float", "int32", "bool"] as const) : "float";
    const typed = kind === "float" ? x.tensor : kind === "int32" ? cast(x.tensor, "int32") : lt(x.tensor, 1);
    const [text, y] = f(p, typed);
    p.add(`${text.replace("x", kind === "float" ? x.name : `${kind}(${x.name})`)}`, cast(y, p.dtype), x);
  };
}

const shuffled = (p: Program, count: number): number[] => {
  const left = Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: count }, () => left.splice(p.choose(0, left.length - 1), 1)[0]!);
};

export const copyRules: Readonly<Record<string, Rule>> = {
  permute: copy((p, x) => {
    const dims = shuffled(p, x.rank);
    return [`permute(x, [${dims}])`, permute(x, dims)];
  }),
  slice: copy((p, x) => {
    const ranges = x.shape.map((d) => {
      const start = p.choose(0, d - 1);
      return [start, d - p.choose(0, d - 1 - start), p.choose(1, 3)] as const;
    });
    return [`slice(x, ${JSON.stringify(ranges)})`, slice(x, ...ranges)];
  }),
  pad: copy((p, x) => {
    const widths = x.shape.map(() => [p.choose(0, 2), p.choose(0, 2)] as const);
    const value = p.oneOf([0, 1]);
    return [`pad(x, ${JSON.stringify(widths)}, ${value})`, pad(x, widths, value)];
  }),
  flip: copy((p, x) => {
    const dims = shuffled(p, x.rank).slice(0, p.choose(1, x.rank));
    return [`flip(x, [${dims}])`, flip(x, dims)];
  }),
  stretch: copy((p, x) => {
    const shape = [...(x.rank < 4 ? [p.choose(1, 3)] : []), ...x.shape.map((d) => (d === 1 ? p.choose(1, 3) : d))];
    return [`broadcastTo(x, [${shape}])`, broadcastTo(x, shape)];
  }),
  doubled: copy((p, x) => {
    const dim = p.choose(0, x.rank - 1);
    return [`concat([x, flip], ${dim})`, concat([x, flip(x, dim)], dim)];
  }),
  concat: (p) => {
    const x = p.pick(hasDims);
    if (!x) return;
    const dim = p.choose(0, x.tensor.rank - 1);
    const fits = ({ tensor }: Value) =>
      tensor.rank === x.tensor.rank && tensor.shape.every((d, i) => i === dim || d === x.tensor.shape[i]);
    const others = Array.from({ length: p.choose(1, 3) }, () => p.pick(fits)!);
    const all = [x, ...others];
    const range = rangeOf(all, Math.max(...all.map(({ size }) => size)));
    p.add(
      `concat([${all.map(({ name }) => name)}], ${dim})`,
      concat(
        all.map(({ tensor }) => tensor),
        dim,
      ),
      range,
    );
  },
  stack: (p) => {
    const x = p.pick(({ tensor }) => tensor.rank < 4);
    if (!x) return;
    const w = p.given(x.tensor.shape);
    const dim = p.choose(0, x.tensor.rank);
    const y = stack([x.tensor, w.tensor], dim);
    p.add(`stack([${x.name}, ${w.name}], ${dim})`, y, rangeOf([x, w], Math.max(x.size, w.size)));
  },
};

type AtDim = (p: Program, x: Value, dim: number) => void;

const atDim =
  (f: AtDim, fits: (x: Value) => boolean = () => true): Rule =>
  (p) => {
    const x = p.pick((x) => hasDims(x) && fits(x));
    if (x) f(p, x, p.choose(0, x.tensor.rank - 1));
  };

/** The shape of an index that goes with x: its own along one dimension, no larger in the others. */
const indexShape = (p: Program, x: Value, dim: number) =>
  x.tensor.shape.map((d, i) => (i === dim ? p.choose(1, 6) : d - p.choose(0, Math.min(2, d - 1))));

/** Many values may be added to one. */
const added = (p: Program, text: string, y: Tensor, x: Value, source: Value) =>
  p.add(text, y, rangeOf([x, source], x.size + source.size * (source.whole ? source.tensor.size : 3)));

const extreme = (name: string, f: typeof argmax): Rule =>
  atDim(
    (p, x, dim) => {
      const size = x.tensor.shape[dim]!;
      const places = f(x.tensor, dim);
      p.add(`${name}(${x.name}, ${dim})`, cast(places, p.dtype), { whole: true, size });
      if (p.choose(0, 1) === 0 || places.rank > 3) return;
      const hot = cast(oneHot(places, size), p.dtype);
      p.add(`oneHot(${name}(${x.name}, ${dim}), ${size})`, hot, { whole: true, size: 1 });
    },
    ({ whole }) => whole,
  );

export const indexRules: Readonly<Record<string, Rule>> = {
  gather: atDim((p, x, dim) => {
    const index = p.indices(indexShape(p, x, dim), x.tensor.shape[dim]!);
    p.add(`gather(${x.name}, ${dim}, ${index.name})`, gather(x.tensor, dim, index.tensor), x);
  }),
  scatterAdd: atDim((p, x, dim) => {
    const shape = indexShape(p, x, dim);
    const [index, source] = [p.indices(shape, x.tensor.shape[dim]!), p.given(shape)];
    const y = scatterAdd(x.tensor, dim, index.tensor, source.tensor);
    added(p, `scatterAdd(${x.name}, ${dim}, ${index.name}, ${source.name})`, y, x, source);
  }),
  indexSelect: atDim((p, x, dim) => {
    const index = p.indices([p.choose(1, 6)], x.tensor.shape[dim]!);
    p.add(`indexSelect(${x.name}, ${dim}, ${index.name})`, indexSelect(x.tensor, dim, index.tensor), x);
  }),
  indexAdd: atDim((p, x, dim) => {
    const index = p.indices([p.choose(1, 6)], x.tensor.shape[dim]!);
    const source = p.given(x.tensor.shape.with(dim, index.tensor.size));
    const y = indexAdd(x.tensor, dim, index.tensor, source.tensor);
    added(p, `indexAdd(${x.name}, ${dim}, ${index.name}, ${source.name})`, y, x, source);
  }),
  cumsum: atDim((p, x, dim) => {
    const terms = x.tensor.shape[dim]!;
    const y = p.add(`cumsum(${x.name}, ${dim})`, cumsum(x.tensor, dim), rangeOf([x], x.size * terms));
    settle(p, y, terms);
  }),
  argmax: extreme("argmax", argmax),
  argmin: extreme("argmin", argmin),
  topk: atDim(
    (p, x, dim) => {
      const count = p.choose(1, x.tensor.shape[dim]!);
      p.add(`topk(${x.name}, ${count}, ${dim})`, topk(x.tensor, count, dim).values, x);
    },
    ({ whole }) => whole,
  ),
};
