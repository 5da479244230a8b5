import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, type Engine, type Epilogue, type GemmSpec, gemm, gemmScratch } from "../src/index.ts";
import { engines } from "./engines.ts";
import { dataStart, instantiate } from "./instantiate.ts";

const canary = 1e30;

function random(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Bias by column and by row, a scale, a gate by another matrix: every kind of operand. */
function epilogueAt(column: number, row: number, scalar: number): Epilogue {
  return {
    key: `test ${column} ${row} ${scalar}`,
    operands: [
      { extent: "column", address: column },
      { extent: "row", address: row },
      { extent: "scalar", address: scalar },
      { extent: "full", address: 0 },
    ],
    apply: (k, x, [column, row, scalar, gate]) =>
      k.select(k.lt(k.c(0), gate!), k.mul(k.add(k.add(x, column!), row!), scalar!), k.c(0.5)),
  };
}

function check(
  engine: Engine,
  { withEpilogue, ...sizes }: Omit<GemmSpec, "epilogue"> & { withEpilogue: boolean },
): void {
  const { m, n, k, lda, ldb, ldc, transposeA, transposeB, accumulate } = sizes;
  let top = dataStart;
  const place = (count: number) => {
    const address = top;
    top += Math.ceil((count * 4) / 64) * 64 + 64;
    return address;
  };
  const counts = { a: (transposeA ? k : m) * lda, b: (transposeB ? n : k) * ldb, c: m * ldc };
  const address = {
    a: place(counts.a),
    b: place(counts.b),
    c: place(counts.c),
    gate: place(counts.c),
    column: place(n),
    row: place(m),
    scalar: place(1),
  };
  const epilogue = withEpilogue ? epilogueAt(address.column, address.row, address.scalar) : undefined;
  const spec = { ...sizes, epilogue };
  const scratch = place(gemmScratch(engine, spec) / 4);
  const { memory, exports } = instantiate(
    engine,
    (context) => {
      const f = context.module.function("run", { params: [] });
      gemm(context, f, spec, { a: at(address.a), b: at(address.b), c: at(address.c), full: at(address.gate), scratch });
      context.module.export(f);
    },
    { pages: Math.ceil((top + 4096) / 65536) },
  );
  const values = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  values(dataStart, (top - dataStart) / 4).fill(canary);
  const [a, b, gate, column, row] = [
    random(counts.a, 1),
    random(counts.b, 2),
    random(counts.c, 3),
    random(n, 4),
    random(m, 5),
  ];
  for (const [at, data] of [
    [address.a, a],
    [address.b, b],
    [address.gate, gate],
    [address.column, column],
    [address.row, row],
  ] as const) {
    values(at, data.length).set(data);
  }
  values(address.scalar, 1)[0] = 1.5;
  const before = random(counts.c, 6);
  values(address.c, counts.c).set(before);
  exports.run!();
  const c = values(address.c, counts.c);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < ldc; j++) {
      const p = i * ldc + j;
      if (j >= n) {
        if (c[p] !== before[p]) expect(c[p], `beyond column ${n}`).toBe(before[p]);
        continue;
      }
      let sum = accumulate ? before[p]! : 0;
      for (let l = 0; l < k; l++)
        sum += a[transposeA ? l * lda + i : i * lda + l]! * b[transposeB ? j * ldb + l : l * ldb + j]!;
      if (epilogue) sum = gate[p]! > 0 ? (sum + column[j]! + row[i]!) * 1.5 : 0.5;
      // An expectation for each of 500,000 elements would take longer than the products.
      if (!(Math.abs(c[p]! - sum) < 1e-5 * (1 + k))) expect.fail(`C[${i}, ${j}] = ${c[p]} instead of ${sum}`);
    }
  }
  const around = [address.c - 4, address.c + counts.c * 4, address.a + counts.a * 4, scratch - 4];
  for (const at of around) expect(values(at, 1)[0]).toBe(Math.fround(canary));
}

const spec = fc
  .record({
    m: fc.integer({ min: 1, max: 40 }),
    n: fc.integer({ min: 1, max: 40 }),
    k: fc.integer({ min: 1, max: 40 }),
    slack: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    mode: fc.constantFrom("plain", "accumulate", "epilogue"),
  })
  .map(({ m, n, k, slack, transposeA, transposeB, mode }) => ({
    m,
    n,
    k,
    lda: (transposeA ? m : k) + slack[0],
    ldb: (transposeB ? k : n) + slack[1],
    ldc: n + slack[2],
    transposeA,
    transposeB,
    accumulate: mode === "accumulate",
    withEpilogue: mode === "epilogue",
  }));

describe.each(engines)("$name", (engine) => {
  test("products of all shapes and layouts are right, and write nothing else", () => {
    fc.assert(
      fc.property(spec, (sizes) => check(engine, sizes)),
      { numRuns: 100 },
    );
  });

  test.each([
    { m: 250, n: 33, k: 20, title: "more rows than one block" },
    { m: 30, n: 600, k: 130, title: "rows of B far apart" },
    { m: 26, n: 20, k: 1500, title: "more than one pass, packed", transposeB: true },
    { m: 241, n: 517, k: 1030, title: "blocks and passes", withEpilogue: true },
    { m: 37, n: 1, k: 19, title: "one column", withEpilogue: true },
    { m: 37, n: 1, k: 19, title: "one column, B transposed", transposeB: true, withEpilogue: true },
    { m: 37, n: 1, k: 19, title: "one column, A transposed", transposeA: true, withEpilogue: true },
  ])("$title: $m × $n × $k", ({ m, n, k, transposeA = false, transposeB = false, withEpilogue = false }) => {
    check(engine, {
      m,
      n,
      k,
      lda: transposeA ? m : k,
      ldb: transposeB ? k : n,
      ldc: n,
      transposeA,
      transposeB,
      accumulate: false,
      withEpilogue,
    });
  });
});
