import type { Engine } from "@pointwise/wasm";
import { explain } from "./explain/explain.ts";
import { fuse } from "./fuse/fuse.ts";
import { Users } from "./fuse/users.ts";
import { ArenaPool } from "./memory/arena-pool.ts";
import { ConstantPool } from "./memory/constant-pool.ts";
import { sharedHeap } from "./memory/heap.ts";
import { emit } from "./program/emit.ts";
import { Program } from "./program/program.ts";
import { Dependencies } from "./schedule/dependencies.ts";
import { planWrites } from "./schedule/in-place.ts";
import { schedule } from "./schedule/schedule.ts";
import type { Graph } from "./trace/graph.ts";

/** A program that can tell about itself. */
export interface ExplainedProgram {
  readonly program: Program;
  explain(): string;
}

/** From a simplified graph to a program: fuse, schedule, plan, emit. */
export function buildProgram(graph: Graph, engine: Engine): ExplainedProgram {
  const { heap, arenas, constants } = surroundings();
  const users = new Users(graph);
  const dependencies = new Dependencies(fuse(graph, users));
  const writes = planWrites(graph, dependencies);
  const scheduled = schedule(dependencies, users, writes);
  const emitted = emit(graph, scheduled, writes, {
    engine,
    heap,
    addressOfConstant: constants.addressOf,
    acquireArena: (bytes) => arenas.acquire(bytes),
  });
  return {
    program: new Program(graph, emitted, heap, engine),
    explain: () => explain(graph, scheduled, emitted, engine.name),
  };
}

let made: { heap: ReturnType<typeof sharedHeap>; arenas: ArenaPool; constants: ConstantPool } | undefined;

function surroundings() {
  const heap = sharedHeap();
  made ??= { heap, arenas: new ArenaPool(heap), constants: new ConstantPool(heap) };
  return made;
}
