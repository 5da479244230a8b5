import { simd128 } from "@pointwise/wasm";
import { fuse } from "./fuse/fuse.ts";
import { Users } from "./fuse/users.ts";
import { ArenaPool } from "./memory/arena-pool.ts";
import { ConstantPool } from "./memory/constant-pool.ts";
import { sharedHeap } from "./memory/heap.ts";
import { emit } from "./program/emit.ts";
import { Program } from "./program/program.ts";
import { planWrites } from "./schedule/in-place.ts";
import { schedule } from "./schedule/schedule.ts";
import type { Graph } from "./trace/graph.ts";

/** From a simplified graph to a program: fuse, schedule, plan, emit. */
export function buildProgram(graph: Graph): Program {
  const { heap, arenas, constants } = surroundings();
  const items = fuse(graph);
  const users = new Users(graph);
  const writes = planWrites(graph, items);
  const scheduled = schedule(items, users, writes);
  const emitted = emit(graph, scheduled, writes, {
    engine: simd128,
    heap,
    addConstant: constants.addressOf,
    acquireArena: (bytes) => arenas.acquire(bytes),
  });
  return new Program(graph, emitted, heap);
}

let made: { heap: ReturnType<typeof sharedHeap>; arenas: ArenaPool; constants: ConstantPool } | undefined;

function surroundings() {
  const heap = sharedHeap();
  made ??= { heap, arenas: new ArenaPool(heap), constants: new ConstantPool(heap) };
  return made;
}
