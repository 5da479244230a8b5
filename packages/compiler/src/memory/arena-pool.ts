import type { ProgramHeap } from "./heap.ts";

/** Working memory of programs. Programs never run at the same time, so all use the same arena, as long as it is large enough. */
export class ArenaPool {
  private readonly heap: ProgramHeap;
  private arena = { address: 0, bytes: 0 };

  constructor(heap: ProgramHeap) {
    this.heap = heap;
  }

  /** The address of at least so many bytes. What another program left there is lost when this one runs. */
  acquire(bytes: number): number {
    if (bytes > this.arena.bytes) {
      // Programs that were compiled for the old arena go on using it.
      const size = Math.max(bytes, 1.5 * this.arena.bytes);
      this.arena = { address: this.heap.allocate(size), bytes: size };
    }
    return this.arena.address;
  }
}
