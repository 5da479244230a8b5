import { isFloat } from "./dtype.ts";
import { formatShape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

const threshold = 1000;
const edgeItems = 3;
const lineWidth = 88;
const digits = 4;

/**
 * The values in nested brackets, as NumPy prints them: in columns, floats with up to four digits after the point, the middle
 * of long dimensions left out. The dtype is said unless it is float32, the shape where the brackets do not show it.
 */
export function formatTensor(x: Tensor): string {
  const facts: string[] = [];
  const truncated = x.size > threshold;
  if (truncated || x.size === 0 || !x.storage) facts.push(`shape=${formatShape(x.shape)}`);
  if (x.dtype !== "float32") facts.push(`dtype=${x.dtype}`);
  const values = !x.storage ? "traced" : x.size === 0 ? "[]" : formatValues(x, truncated);
  return `tensor(${[values, ...facts].join(", ")})`;
}

function formatValues(x: Tensor, truncated: boolean): string {
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  // The indices shown of each dimension, −1 for those left out.
  const shown = x.shape.map((d) =>
    truncated && d > 2 * edgeItems ? [...range(0, edgeItems), -1, ...range(d - edgeItems, d)] : range(0, d),
  );
  const data = x.data;
  const at: number[] = [];
  const visit = (dim: number, offset: number): void => {
    if (dim === x.rank) at.push(offset);
    else for (const i of shown[dim]!) if (i >= 0) visit(dim + 1, offset * x.shape[dim]! + i);
  };
  visit(0, 0);
  const texts = formatNumbers(
    at.map((i) => data[i]!),
    x.dtype === "bool",
    isFloat(x.dtype),
  );
  const width = Math.max(...texts.map((text) => text.length));
  let next = 0;
  const build = (dim: number): string => {
    if (dim === x.rank) return texts[next++]!.padStart(x.rank === 0 ? 0 : width);
    const items = shown[dim]!.map((i) => (i < 0 ? "..." : build(dim + 1)));
    const indent = " ".repeat("tensor(".length + dim + 1);
    if (dim < x.rank - 1) return `[${items.join(`,${"\n".repeat(x.rank - 1 - dim)}${indent}`)}]`;
    return `[${wrap(items, indent)}]`;
  };
  return build(0);
}

/** Items in lines of at most `lineWidth` characters. */
function wrap(items: readonly string[], indent: string): string {
  const perLine = Math.max(1, Math.floor((lineWidth - indent.length) / (items[0]!.length + 2)));
  const lines: string[] = [];
  for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(", "));
  return lines.join(`,\n${indent}`);
}

/** One notation for all: whole numbers without a point, else four digits after it, else powers of ten. */
function formatNumbers(values: readonly number[], bool: boolean, float: boolean): string[] {
  if (bool) return values.map((v) => (v === 0 ? "false" : "true"));
  if (!float) return values.map(String);
  const finite = values.filter(Number.isFinite).map(Math.abs);
  const largest = Math.max(0, ...finite);
  const small = 0.5 * 10 ** -digits;
  const format = (v: number): string => {
    if (!Number.isFinite(v)) return String(v);
    if (largest >= 1e8 || (largest > 0 && largest < 1e-3)) return v.toExponential(digits);
    if (finite.every(Number.isInteger)) return String(v);
    return v !== 0 && Math.abs(v) < small ? v.toExponential(0) : v.toFixed(digits); // never a 0 that is none
  };
  return trimZeros(values.map(format));
}

/** Without the zeros that all decimal fractions end with; one stays. */
function trimZeros(texts: readonly string[]): string[] {
  const fraction = /\.(\d*?)(0*)(e.*)?$/;
  const needed = Math.max(1, ...texts.map((text) => fraction.exec(text)?.[1]?.length ?? 0));
  return texts.map((text) => text.replace(/(\.\d+)/, (f) => f.slice(0, needed + 1)));
}
