import { sizeOf } from "@pointwise/tensor";
import {
  type BatchKernel,
  type Engine,
  type FunctionBuilder,
  hostImports,
  KernelContext,
  ModuleBuilder,
} from "@pointwise/wasm";
import { type Item, isReduction, type KernelItem, nodesOf, type ReferenceItem } from "../fuse/item.ts";
import type { Places } from "../lowerings/lowering.ts";
import type { ProgramHeap } from "../memory/heap.ts";
import { bytesOf, type MemoryPlan, planMemory, type ScratchSizes } from "../plan/memory-plan.ts";
import type { Writes } from "../schedule/in-place.ts";
import type { Schedule, Step } from "../schedule/schedule.ts";
import type { Graph, Node } from "../trace/graph.ts";
import { kernelOf, placesOf } from "./emit-kernel.ts";
import { emitLoop, startReductions } from "./emit-loop.ts";
import { emitScalars } from "./emit-scalars.ts";
import { IndexChecks } from "./index-checks.ts";
import { Phase } from "./phase.ts";
import { SharedLoops } from "./shared-loops.ts";

/** What a program needs of its surroundings. */
export interface Surroundings {
  readonly engine: Engine;
  readonly heap: ProgramHeap;
  readonly addressOfConstant: (value: number) => number;
  readonly acquireArena: (bytes: number) => number;
}

/** The code of a program. */
export interface Emitted {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly plan: MemoryPlan;
  readonly checks: IndexChecks;
  /** Items that run in JavaScript, by the number that the code calls them by. */
  readonly references: readonly ReferenceItem[];
}

/** An item is small if no array that it reads or writes has more elements than this. */
const mostElementsOfSmall = 64;
/** So many steps of small items are written into `run`, where they need no calls; a larger function would take V8 long to optimise. */
const mostSmallSteps = 64;

/** Phases of an item: once before the loop over pictures, for each picture, once after it. */
const phases = ["before", "each", "after"] as const;
type PhaseName = (typeof phases)[number];

/**
 * Plans the memory and writes the module: one function for each phase of an item, so that each gets fast on its own, and `run`, which calls them, and
 * does itself what is small.
 */
export function emit(graph: Graph, schedule: Schedule, writes: Writes, surroundings: Surroundings): Emitted {
  const { engine, heap, addressOfConstant, acquireArena } = surroundings;
  const context = new KernelContext(new ModuleBuilder(hostImports), engine, addressOfConstant);
  const checks = new IndexChecks();
  // What working memory kernels need is known before the memory is planned; for addresses they ask when their code is written.
  const kernels = kernelsOf(context, schedule, checks, (node) => plan.addressOf(node));
  const scratch: ScratchSizes = new Map([...kernels].map(([item, kernel]) => [item, kernel.scratch]));
  const plan: MemoryPlan = planMemory(graph, schedule, writes, scratch, heap, acquireArena);
  const emitter = new Emitter(context, schedule, kernels, plan);
  const run = context.module.function("run", { params: [] });
  for (const step of schedule.steps) emitter.step(run, step);
  for (const { state, value } of writes.copies) {
    run.memoryCopy(
      run.i32.const(plan.addressOf(state)),
      run.i32.const(plan.addressOf(value)),
      run.i32.const(bytesOf(state)),
    );
  }
  context.module.export(run);
  return { bytes: context.module.encode(), plan, checks, references: emitter.references };
}

type Kernels = ReadonlyMap<Item, BatchKernel<Places>>;

function kernelsOf(
  context: KernelContext,
  { steps }: Schedule,
  checks: IndexChecks,
  addressOf: (node: Node) => number,
): Kernels {
  const items = steps.flatMap(({ items }) => items).filter((item): item is KernelItem => item.kind === "kernel");
  return new Map(items.map((item) => [item, kernelOf(context, item, checks, addressOf)]));
}

class Emitter {
  readonly references: ReferenceItem[] = [];
  private readonly context: KernelContext;
  private readonly schedule: Schedule;
  private readonly kernels: Kernels;
  private readonly plan: MemoryPlan;
  private readonly sharedLoops: SharedLoops;
  private functions = 0;
  private smallSteps = 0;

  constructor(context: KernelContext, schedule: Schedule, kernels: Kernels, plan: MemoryPlan) {
    this.context = context;
    this.schedule = schedule;
    this.kernels = kernels;
    this.plan = plan;
    this.sharedLoops = new SharedLoops(context, schedule, plan);
  }

  /** Writes a step's functions, and the calls of them into `run`. */
  step(run: FunctionBuilder, { items, pictures }: Step): void {
    if (pictures === 0 && this.smallSteps < mostSmallSteps && items.every((item) => this.isSmall(item))) {
      this.smallSteps++;
      this.small(run, items);
      return;
    }
    const { i32, get, set } = run;
    const parts = items.map((item) => this.item(item, pictures));
    const call = (phase: PhaseName, picture: () => ReturnType<typeof i32.const>) => {
      for (const part of parts) {
        const f = part[phase];
        if (f) run.call(f, picture());
      }
    };
    call("before", () => i32.const(0));
    if (pictures > 0) {
      const picture = run.local("i32");
      set(picture, i32.const(0));
      run.loop((again) => {
        call("each", () => get(picture));
        run.increment(picture, 1);
        run.branchIf(again, i32.ltU(get(picture), i32.const(pictures)));
      });
    } else call("each", () => i32.const(0));
    call("after", () => i32.const(0));
  }

  private isSmall(item: Item): boolean {
    const { reads, writes } = this.schedule.traffic.get(item)!;
    return [...reads, ...writes].every(({ node }) => sizeOf(node.shape) <= mostElementsOfSmall);
  }

  private small(run: FunctionBuilder, items: readonly Item[]): void {
    const parts = items.map((item) => ({
      write: this.writersOf(item),
      phase: new Phase(run, this.plan, this.schedule.traffic.get(item)!, 0),
    }));
    for (const name of phases) for (const { write, phase } of parts) write[name]?.(run, phase);
  }

  /** What writes an item's phases. */
  private writersOf(item: Item): Partial<Record<PhaseName, (f: FunctionBuilder, phase: Phase) => void>> {
    const traffic = this.schedule.traffic.get(item)!;
    const stored = new Set<Node>(traffic.writes.map(({ node }) => node));
    const kernel = this.kernels.get(item);
    const scratch = this.plan.scratchOf(item);
    const write: ReturnType<Emitter["writersOf"]> = {
      each: (f, phase) => this.each(f, item, phase, kernel, stored, scratch),
    };
    if (item.kind === "loop" && item.nodes.some(isReduction)) {
      write.before = (f, phase) => startReductions(this.context, f, item, phase, false);
    }
    if (item.kind === "kernel") {
      for (const name of ["before", "after"] as const) {
        if (kernel?.[name]) write[name] = (f, phase) => kernel[name]!(f, { ...placesOf(item, phase), scratch });
      }
    }
    return write;
  }

  private item(item: Item, pictures: number): Partial<Record<PhaseName, Body>> {
    const traffic = this.schedule.traffic.get(item)!;
    const write = this.writersOf(item);
    const written: Partial<Record<PhaseName, Body>> = {};
    for (const name of phases) {
      const writePhase = write[name];
      if (!writePhase) continue;
      const f = this.context.module.function(`${this.functions++} ${labelOf(item)} ${name}`, { params: ["i32"] });
      const picture = pictures > 0 && name === "each" ? f.args[0] : undefined;
      writePhase(f, new Phase(f, this.plan, traffic, pictures, picture));
      written[name] = f;
    }
    return written;
  }

  private each(
    f: FunctionBuilder,
    item: Item,
    phase: Phase,
    kernel: BatchKernel<Places> | undefined,
    stored: ReadonlySet<Node>,
    scratch: Readonly<Record<string, number>>,
  ): void {
    switch (item.kind) {
      case "kernel":
        kernel!.each(f, { ...placesOf(item, phase), scratch });
        break;
      case "loop":
        if (this.sharedLoops.call(f, item)) break;
        if (phase.pictures > 0) startReductions(this.context, f, item, phase, true);
        emitLoop(this.context, f, item, stored, phase);
        break;
      case "scalars":
        emitScalars(this.context, f, item, stored, phase);
        break;
      case "reference":
        f.call(this.context.module.imports.runReference, f.i32.const(this.references.push(item) - 1));
    }
  }
}

type Body = FunctionBuilder<readonly ["i32"], never>;

const labelOf = (item: Item): string =>
  nodesOf(item)
    .map((node) => node.op.name)
    .join("+");
