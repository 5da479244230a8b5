import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AvgPoolSpec,
  avgPool2d,
  avgPool2dGrad,
  type Epilogue,
  maxPool2d,
  maxPool2dGrad,
  maxPool2dIndices,
  type PoolSpec,
  type Windows,
} from "../src/index.ts";
import { arithmetics } from "./engines.ts";
import { expectSame, oddities, runOverBatch, values } from "./run-kernel.ts";

/** For each window of each map: where its entries are in x, in order. */
function windowsOf(maps: number, { height, width, rows, columns }: PoolSpec): number[][] {
  const entries = ({ start, end, step }: Windows, i: number) => {
    const all: number[] = [];
    for (let p = start[i]!; p < end[i]!; p += step) all.push(p);
    return all;
  };
  const all: number[][] = [];
  for (let map = 0; map < maps; map++) {
    for (let r = 0; r < rows.start.length; r++) {
      for (let c = 0; c < columns.start.length; c++) {
        all.push(entries(rows, r).flatMap((y) => entries(columns, c).map((x) => (map * height + y) * width + x)));
      }
    }
  }
  return all;
}

function placeOfMaximum(x: Float32Array, window: readonly number[]): number {
  return window.reduce((best, p) => (x[p]! > x[best]! || Number.isNaN(x[p]!) ? p : best));
}

const sliding = fc
  .record({
    size: fc.integer({ min: 1, max: 24 }),
    kernel: fc.integer({ min: 1, max: 10 }),
    stride: fc.integer({ min: 1, max: 4 }),
    step: fc.integer({ min: 1, max: 2 }),
    padding: fc.nat(3),
    ceil: fc.boolean(),
  })
  .map(({ size, kernel, stride, step, padding, ceil }) => {
    const windows = { start: [] as number[], end: [] as number[], step };
    for (let first = -padding; ; first += stride) {
      const past = first + (kernel - 1) * step + 1;
      const start = first < 0 ? first + Math.ceil(-first / step) * step : first;
      if (start >= size || (!ceil && past > size + padding)) break;
      if (Math.min(past, size) <= start) continue;
      windows.start.push(start);
      windows.end.push(Math.min(past, size));
    }
    return { size, windows };
  })
  .filter(({ windows }) => windows.start.length > 0);

const adaptive = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 9 })).map(([size, count]) => ({
  size,
  windows: {
    start: Array.from({ length: count }, (_, i) => Math.floor((i * size) / count)),
    end: Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * size) / count)),
    step: 1,
  },
}));

const pairs = fc.integer({ min: 2, max: 90 }).map((size) => {
  const start = Array.from({ length: Math.floor(size / 2) }, (_, i) => 2 * i);
  return { size, windows: { start, end: start.map((s) => s + 2), step: 1 } };
});

const wholeMap = fc
  .integer({ min: 1, max: 30 })
  .map((size) => ({ size, windows: { start: [0], end: [size], step: 1 } }));

const specOf = (direction: typeof pairs) =>
  fc.record({ channels: fc.integer({ min: 1, max: 3 }), rows: direction, columns: direction }).map(
    ({ channels, rows, columns }): PoolSpec => ({
      channels,
      height: rows.size,
      width: columns.size,
      rows: rows.windows,
      columns: columns.windows,
    }),
  );

const anySpec = fc.oneof(specOf(pairs), specOf(fc.oneof(sliding, adaptive, wholeMap)));
const seed = fc.nat(1e6);
const batch = 2;

const avgSpec = fc
  .tuple(fc.oneof(anySpec, specOf(wholeMap)), fc.boolean())
  .filter(([{ rows, columns }]) => rows.step === 1 && columns.step === 1)
  .map(([spec, bySize]): AvgPoolSpec => {
    // Divisors of windows with padding are whole numbers that grow and shrink with the place: any will do.
    const divisorsOf = ({ start, end }: Windows) =>
      Array.from(start, (s, i) => (bySize ? end[i]! - s : 1 + (Math.floor(i / 5) % 3)));
    return { ...spec, divisors: { rows: divisorsOf(spec.rows), columns: divisorsOf(spec.columns) } };
  });

function divisorOf({ divisors, rows, columns }: AvgPoolSpec, window: number): number {
  const [r, c] = [Math.floor(window / columns.start.length) % rows.start.length, window % columns.start.length];
  return divisors.rows[r]! * divisors.columns[c]!;
}

describe.each(arithmetics)("$name", (engine) => {
  describe("maxPool2d", () => {
    test("gives the maximum of each window, and its place", () => {
      fc.assert(
        fc.property(anySpec, seed, (spec, seed) => {
          const x = values(batch * spec.channels * spec.height * spec.width, seed, oddities);
          const windows = windowsOf(batch * spec.channels, spec);
          const { y } = runOverBatch(batch, { x, y: windows.length }, (context) => maxPool2d(context, spec), engine);
          const { indices } = runOverBatch(
            batch,
            { x, indices: windows.length },
            (context) => maxPool2dIndices(context, spec),
            engine,
          );
          const places = windows.map((window) => placeOfMaximum(x, window));
          expectSame(
            new Float32Array(y).map((v) => v + 0),
            places.map((p) => x[p]! + 0),
          );
          expectSame(
            new Int32Array(indices),
            places.map((p) => p % (spec.height * spec.width)),
          );
        }),
        { numRuns: 150 },
      );
    });
  });

  describe("maxPool2dGrad", () => {
    const expected = (spec: PoolSpec, x: Float32Array, grad: Float32Array) => {
      const dx = new Float32Array(x.length);
      windowsOf(batch * spec.channels, spec).forEach((window, i) => {
        dx[placeOfMaximum(x, window)]! += grad[i]!;
      });
      return dx;
    };

    test("puts each gradient where the maximum is", () => {
      fc.assert(
        fc.property(anySpec, seed, (spec, seed) => {
          const x = values(batch * spec.channels * spec.height * spec.width, seed, oddities);
          const grad = values(batch * spec.channels * spec.rows.start.length * spec.columns.start.length, seed + 1);
          const { dx } = runOverBatch(
            batch,
            { grad, x, dx: x.length },
            (context) => maxPool2dGrad(context, spec),
            engine,
          );
          expectSame(
            new Float32Array(dx).map((v) => v + 0),
            [...expected(spec, x, grad)],
          );
        }),
        { numRuns: 150 },
      );
    });

    test("applies an epilogue to every entry of dx", () => {
      fc.assert(
        fc.property(specOf(pairs), seed, (spec, seed) => {
          const { channels, height, width } = spec;
          const map = height * width;
          const x = values(batch * channels * map, seed);
          const grad = values(batch * channels * spec.rows.start.length * spec.columns.start.length, seed + 1);
          const full = values(x.length, seed + 2);
          // Not batched: the second halves are not read.
          const [row, column, scalar] = [values(2 * channels, 5), values(2 * map, 6), values(2, 7)];
          const buffers = { grad, x, full, row, column, scalar, dx: x.length };
          const { dx } = runOverBatch(
            batch,
            buffers,
            (context, address) => {
              const epilogue: Epilogue = {
                key: "test",
                operands: [
                  { extent: "full", address: 0 },
                  { extent: "row", address: address.row },
                  { extent: "column", address: address.column },
                  { extent: "scalar", address: address.scalar },
                ],
                apply: (k, dx, [full, row, column, scalar]) =>
                  k.add(k.mul(dx, full!), k.add(k.add(row!, k.mul(column!, k.c(0.5))), scalar!)),
              };
              return maxPool2dGrad(context, { ...spec, epilogue });
            },
            engine,
          );
          const wanted = expected(spec, x, grad).map(
            (g, i) => g * full[i]! + row[Math.floor(i / map) % channels]! + column[i % map]! * 0.5 + scalar[0]!,
          );
          expectSame(
            new Float32Array(dx).map((v) => v + 0),
            [...wanted].map((v) => v + 0),
          );
        }),
      );
    });
  });

  describe("avgPool2d", () => {
    test("gives the sum of each window, divided", () => {
      fc.assert(
        fc.property(avgSpec, seed, (spec, seed) => {
          const x = values(batch * spec.channels * spec.height * spec.width, seed);
          const windows = windowsOf(batch * spec.channels, spec);
          const { y } = runOverBatch(batch, { x, y: windows.length }, (context) => avgPool2d(context, spec), engine);
          const wanted = windows.map((window, i) =>
            Math.fround(window.reduce((sum, p) => sum + x[p]!, 0) / divisorOf(spec, i)),
          );
          expectSame(
            new Float32Array(y).map((v) => v + 0),
            wanted.map((v) => v + 0),
          );
        }),
        { numRuns: 150 },
      );
    });
  });

  describe("avgPool2dGrad", () => {
    test("adds each window's share to what it reads", () => {
      fc.assert(
        fc.property(avgSpec, seed, (spec, seed) => {
          const windows = windowsOf(batch * spec.channels, spec);
          const grad = values(windows.length, seed);
          const wanted = new Float64Array(batch * spec.channels * spec.height * spec.width);
          for (const [i, window] of windows.entries()) {
            for (const p of window) wanted[p]! += grad[i]! / divisorOf(spec, i);
          }
          const { dx } = runOverBatch(
            batch,
            { grad, dx: wanted.length },
            (context) => avgPool2dGrad(context, spec),
            engine,
          );
          const got = new Float32Array(dx);
          const wrong = got.findIndex((v, i) => !(Math.abs(v - wanted[i]!) <= 1e-4));
          expect(wrong, `[${wrong}] is ${got[wrong]} instead of ${wanted[wrong]}`).toBe(-1);
        }),
        { numRuns: 150 },
      );
    });
  });
});
