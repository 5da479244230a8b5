import { PointwiseError, type Tensor, type TypedArray } from "@pointwise/tensor";
import type { Engine } from "@pointwise/wasm";
import { expect } from "vitest";
import { ConstantPool } from "../src/memory/constant-pool.ts";
import { ProgramHeap } from "../src/memory/heap.ts";
import { emit } from "../src/program/emit.ts";
import { Program } from "../src/program/program.ts";
import type { StateNode } from "../src/trace/graph.ts";
import { guard, lastLayout, type Place } from "./canary-layout.ts";
import { graphOf, scheduled } from "./pipeline.ts";

/** What a heap has after its last block: kernels may read so far, and no further. */
const slack = 256;
/** Two contents of all memory that nobody has written: NaN, −1; and 0.75, a large integer. */
const canaries = [0xff, 0x3f] as const;

/** Guards around the states, and around the constants, too. */
class GuardedHeap extends ProgramHeap {
  readonly blocks: Place[] = [];

  constructor() {
    super();
    this.memory.grow(511);
    this.buffer = this.memory.buffer;
  }

  override allocate(bytes: number): number {
    const start = super.allocate(bytes + 2 * guard) + guard;
    new Uint8Array(this.buffer, start, bytes).fill(0); // an arena of another program may have lain there
    this.blocks.push({ start, end: start + bytes });
    return start;
  }

  /** All blocks are released together. */
  override release(): void {}

  clear(): void {
    for (const { start, end } of this.blocks) {
      super.release({ address: start - guard, bytes: end - start + 2 * guard });
    }
    this.blocks.length = 0;
  }
}

let heap: GuardedHeap | undefined;

/** What a call gave: values of outputs and states, or an error. */
type Outcome = readonly TypedArray[] | PointwiseError;

/**
 * The program of a function, in a memory full of canaries. A call runs it twice, with other canaries. Fails if one of them, an argument or a state that the
 * program does not assign to changes, if something beyond the memory is touched, or if what the program gives depends on the canaries.
 */
export function withCanaries<A extends readonly Tensor[]>(
  f: (...args: A) => unknown,
  engine: Engine,
): (...args: A) => Outcome {
  heap ??= new GuardedHeap();
  const memory = heap;
  memory.clear();
  let run: ((args: A) => Outcome) | undefined;
  return (...args) => {
    run ??= prepare(f, args, engine, memory);
    return run(args);
  };
}

function prepare<A extends readonly Tensor[]>(
  f: (...args: A) => unknown,
  example: A,
  engine: Engine,
  memory: GuardedHeap,
): (args: A) => Outcome {
  const graph = graphOf(f, example);
  const { writes, ...schedule } = scheduled(graph);
  const { byteLength } = memory.buffer;
  let arena = 0;
  const emitted = emit(graph, schedule, writes, {
    engine,
    heap: memory,
    addressOfConstant: new ConstantPool(memory).addressOf,
    acquireArena: (bytes) => {
      arena = Math.floor((byteLength - slack - bytes) / 64) * 64;
      return arena;
    },
  });
  const program = new Program(graph, emitted, memory, engine);
  const states = graph.nodes.filter((node): node is StateNode => node.kind === "state");
  const changed = new Set(graph.assignments.map(({ state }) => state));
  const places = lastLayout().map(({ interval, start, end }) => ({ interval, start: arena + start, end: arena + end }));
  const inputs = graph.inputs.map((node) =>
    places.find(({ interval }) => "node" in interval && interval.node === node),
  );
  expect(Math.max(...memory.blocks.map(({ end }) => end))).toBeLessThan(arena - guard);

  /** All that is not to be written: around the blocks and in the arena before, between and after its parts. */
  const gaps = [
    ...memory.blocks.flatMap(({ start, end }) => [
      { start: start - guard, end: start },
      { start: end, end: end + guard },
    ]),
    ...places.map(({ start }, i) => ({ start: i === 0 ? arena - guard : places[i - 1]!.end, end: start })),
    { start: places.at(-1)?.end ?? arena, end: byteLength },
  ];
  const runOnce = (args: A, canary: number): Outcome => {
    const bytes = new Uint8Array(memory.buffer);
    bytes.fill(canary, arena - guard);
    for (const { start, end } of gaps) bytes.fill(canary, start, end);
    let results: TypedArray[] | PointwiseError;
    try {
      results = program.run(args).map(({ view }) => view);
    } catch (error) {
      if (!(error instanceof PointwiseError)) throw error;
      results = error;
    }
    for (const { start, end } of gaps) expectAll(bytes.subarray(start, end), canary, `around ${start} to ${end}`);
    args.forEach((x, i) => {
      const place = inputs[i];
      if (place) expectSameBytes(bytes.subarray(place.start, place.end), bytesOf(x.data), `argument ${i}`);
    });
    return results instanceof PointwiseError
      ? results
      : [...results, ...states.map(({ storage }) => storage.view.slice())];
  };
  return (args) => {
    const before = states.map(({ storage }) => storage.view.slice());
    const outcomes = canaries.map((canary) => {
      states.forEach(({ storage }, i) => {
        storage.view.set(before[i]!);
      });
      const outcome = runOnce(args, canary);
      states.forEach((state, i) => {
        if (!changed.has(state)) expectSameBytes(bytesOf(state.storage.view), bytesOf(before[i]!), `state ${i}`);
      });
      return outcome;
    });
    expectEqual(outcomes[0]!, outcomes[1]!);
    return outcomes[1]!;
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: TypedArray) => new Uint8Array(buffer, byteOffset, byteLength);

function expectAll(bytes: Uint8Array, canary: number, where: string): void {
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== canary) expect.fail(`Byte ${i} of ${bytes.length} ${where} was written.`);
  }
}

/** Not `toEqual`, which takes long for large arrays. */
function expectSameBytes(a: Uint8Array, b: Uint8Array, what: string): void {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) expect.fail(`Byte ${i} of ${what} was written.`);
}

/** NaNs are equal whatever their bits: engines are free in that. */
function expectEqual(a: Outcome, b: Outcome): void {
  if (a instanceof PointwiseError || b instanceof PointwiseError) {
    expect(String(a)).toBe(String(b));
    return;
  }
  a.forEach((values, i) => {
    const other = b[i]!;
    let at = 0;
    while (at < values.length && Object.is(values[at], other[at])) at++;
    if (at < values.length) {
      expect.fail(
        `Value ${at} of ${i} is ${values[at]} or ${other[at]}: it depends on what lies around, or on memory that nobody has written.`,
      );
    }
  });
}
