import { type Heap, type Storage, UsageError } from "@pointwise/tensor";

const pageBytes = 65536;
/** Kernels may read so far beyond a block. */
const slack = 256;
const alignment = 64;

export const align = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** The memory that all compiled programs share: parameters and state live in it, and arenas for what is computed on the way. */
export class ProgramHeap implements Heap {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  /** The memory's buffer, another one whenever it has grown. Kept, since asking the memory is slow. */
  buffer = this.memory.buffer;
  private top = alignment; // address 0 stays free: it stands for nothing
  private readonly free: { address: number; bytes: number }[] = [];
  private readonly homes = new FinalizationRegistry<{ address: number; bytes: number }>((block) => this.release(block));

  /** A block whose content is undefined, aligned to 64 bytes. */
  allocate(bytes: number): number {
    const size = align(bytes);
    // The smallest block that fits: the rest of it stays free.
    const fitting = this.free.filter((block) => block.bytes >= size).sort((a, b) => a.bytes - b.bytes)[0];
    if (fitting) {
      const { address } = fitting;
      fitting.address += size;
      fitting.bytes -= size;
      if (fitting.bytes === 0) this.free.splice(this.free.indexOf(fitting), 1);
      return address;
    }
    const address = this.top;
    this.reach(address + size + slack);
    this.top += size;
    return address;
  }

  release({ address, bytes }: { address: number; bytes: number }): void {
    const block = { address, bytes: align(bytes) };
    if (block.bytes === 0) return;
    const before = this.free.find((other) => other.address + other.bytes === block.address);
    const after = this.free.find((other) => block.address + block.bytes === other.address);
    if (before) {
      before.bytes += block.bytes;
      if (after) {
        before.bytes += after.bytes;
        this.free.splice(this.free.indexOf(after), 1);
      }
    } else if (after) {
      after.address = block.address;
      after.bytes += block.bytes;
    } else this.free.push(block);
  }

  /** The address of a storage's values, which move here if they lie elsewhere, and stay as long as the storage is in use. */
  home(storage: Storage): number {
    const known = storage.addressIn(this);
    if (known !== undefined) return known;
    const { top } = this;
    const block = { address: this.allocate(storage.bytes), bytes: storage.bytes };
    storage.moveTo(this, block.address, block.address >= top); // beyond what was ever in use, a memory is zero
    this.homes.register(storage, block);
    return block.address;
  }

  private reach(end: number): void {
    const missing = Math.ceil((end - this.buffer.byteLength) / pageBytes);
    if (missing <= 0) return;
    // Growing costs milliseconds, so a small heap grows in large steps.
    const step = Math.max(missing, Math.min(this.buffer.byteLength / pageBytes, 1024));
    try {
      this.memory.grow(step);
    } catch {
      throw new UsageError(
        `compile: WebAssembly memory cannot grow to ${Math.ceil(end / 2 ** 20)} MiB; its limit is 4096 MiB, or less where the machine has less. ` +
          "Use a smaller batch or model.",
      );
    }
    this.buffer = this.memory.buffer;
  }
}

let shared: ProgramHeap | undefined;

/** The heap of this realm; made when it is first needed. */
export function sharedHeap(): ProgramHeap {
  shared ??= new ProgramHeap();
  return shared;
}
