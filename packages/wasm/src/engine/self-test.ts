import { ModuleBuilder } from "../assembler/module-builder.ts";
import { at } from "../kernels/address.ts";
import { gemm, gemmScratch } from "../kernels/gemm/gemm.ts";
import { hostImports, KernelContext } from "../kernels/kernel-context.ts";
import { compileModule } from "./compile-module.ts";
import type { Engine } from "./engine.ts";
import { withOptimisedCode } from "./v8-flags.ts";

const size = 48;
const matrixBytes = 4 * size * size;
const [placeOfA, placeOfB, placeOfC, scratch] = [1, 2, 3, 4].map((i) => i * 16384) as [number, number, number, number];
/** Rounds that are enough to tell a faster engine, and those after which none is expected to show: on a busy machine many are disturbed. */
const [fewestRounds, mostRounds] = [5, 100];
const productsPerRound = 8;

/**
 * A product of matrices of 48 × 48, made as the engine makes it.
 * @param optimised whether V8 is to optimise its code at once
 */
function makeProduct(engine: Engine, optimised: boolean) {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536 });
  const context = new KernelContext(new ModuleBuilder(hostImports), engine, () => 0);
  const f = context.module.function("run", { params: [] });
  const spec = {
    ...{ m: size, n: size, k: size, lda: size, ldb: size, ldc: size },
    ...{ transposeA: false, transposeB: false, accumulate: false },
  };
  if (gemmScratch(engine, spec) > matrixBytes) throw new Error("The self-test has too little memory.");
  gemm(context, f, spec, { a: at(placeOfA), b: at(placeOfB), c: at(placeOfC), scratch });
  context.module.export(f);
  const unused = Object.fromEntries(Object.keys(hostImports).map((name) => [name, () => 0]));
  const compile = () => compileModule(context.module.encode(), engine);
  const module = optimised ? withOptimisedCode(compile) : compile();
  const { run } = new WebAssembly.Instance(module, { env: { memory, ...unused } }).exports;
  const matrix = (place: number) => new Float32Array(memory.buffer, place, size * size);
  matrix(placeOfA).forEach((_, i, a) => {
    a[i] = (i % 7) - 3;
  });
  matrix(placeOfB).forEach((_, i, b) => {
    b[i] = (i % 5) - 2;
  });
  // The one export of this module.
  return { run: run as () => void, a: matrix(placeOfA), b: matrix(placeOfB), c: matrix(placeOfC) };
}

function isRight({ a, b, c }: ReturnType<typeof makeProduct>): boolean {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let l = 0; l < size; l++) sum += a[i * size + l]! * b[l * size + j]!;
      if (c[i * size + j] !== sum) return false; // small whole numbers: exact in any order
    }
  }
  return true;
}

/**
 * Whether an engine multiplies matrices right, with one rounding for a·b + c: where the processor has no such instruction, V8 makes two of it. A question of
 * bits, so that all processes of a machine have the same answer, as they must: the same training gives the same bits in each.
 */
export function isRightAndFused(engine: Engine): boolean {
  const product = makeProduct(engine, false);
  product.run();
  if (!isRight(product)) return false;
  const { run, a, b, c } = product;
  // -(1 + 2^-11) + (1 + 2^-12)·(1 + 2^-12) is 2^-24, or 0 if the product is rounded before it is added.
  a.fill(0);
  b.fill(0);
  a.set([1, 1 + 2 ** -12]);
  b[0] = -(1 + 2 ** -11);
  b[size] = 1 + 2 ** -12;
  run();
  return c[0] === 2 ** -24;
}

/** Whether an engine multiplies matrices right, and faster than another by some factor. Takes a few milliseconds. */
export function isRightAndFaster(engine: Engine, than: Engine, factor: number): boolean {
  // With the revectorizer, code is optimised from the start. What it is compared with must be too: else V8 optimises that when it finds the time.
  const other = makeProduct(than, engine.revectorize);
  const candidate = makeProduct(engine, false);
  candidate.run();
  if (!isRight(candidate)) return false;
  const fastest = [candidate, other].map(() => Number.POSITIVE_INFINITY);
  for (let round = 1; round <= mostRounds; round++) {
    [candidate, other].forEach(({ run }, which) => {
      const start = performance.now();
      for (let i = 0; i < productsPerRound; i++) run();
      fastest[which] = Math.min(fastest[which]!, performance.now() - start);
    });
    if (round >= fewestRounds && fastest[0]! * factor <= fastest[1]!) return true;
  }
  return false;
}
