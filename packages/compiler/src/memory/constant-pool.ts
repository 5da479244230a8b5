import type { ProgramHeap } from "./heap.ts";

const perBlock = 64;

/** Numbers that kernels load from memory, each once for all programs. */
export class ConstantPool {
  private readonly heap: ProgramHeap;
  private readonly addresses = new Map<string, number>();
  private block = { address: 0, used: perBlock };

  constructor(heap: ProgramHeap) {
    this.heap = heap;
  }

  readonly addressOf = (value: number): number => {
    const key = Object.is(value, -0) ? "-0" : String(value);
    const known = this.addresses.get(key);
    if (known !== undefined) return known;
    if (this.block.used === perBlock) this.block = { address: this.heap.allocate(4 * perBlock), used: 0 };
    const address = this.block.address + 4 * this.block.used++;
    new Float32Array(this.heap.buffer, address, 1)[0] = value;
    this.addresses.set(key, address);
    return address;
  };
}
