import {
  type Buffer,
  type DType,
  fromData,
  type Op,
  runReference,
  Storage,
  Tensor,
  type Tracer,
  trace,
  withGradMode,
} from "@pointwise/tensor";

/**
 * Computes now, also while a trace is open, which records what is computed: for shapes, that are known before values are.
 * @param fn of tensors that have values.
 * @param check sees the shape of each result before it is computed.
 */
export function fold(fn: () => readonly Tensor[], check: (out: Tensor) => void): readonly Tensor[] {
  const folder = new Folder(check);
  return withGradMode(false, () => trace(folder, fn)).map((x) => folder.withValues(x));
}

class Folder implements Tracer {
  private readonly computed = new Map<Tensor, Buffer>();
  private readonly check: (out: Tensor) => void;

  constructor(check: (out: Tensor) => void) {
    this.check = check;
  }

  record(op: Op, inputs: readonly Tensor[], attrs: unknown, out: Tensor): void {
    this.check(out);
    const x = inputs.map((input) => this.valuesOf(input));
    if (op.kind === "view") {
      this.computed.set(out, { data: x[0]!.data, shape: out.shape });
      return;
    }
    const buffer = { data: Storage.allocate(out.dtype, out.size).view, shape: out.shape };
    runReference(op, attrs, buffer, x);
    this.computed.set(out, buffer);
  }

  constant(value: number, dtype: DType): Tensor {
    const storage = Storage.allocate(dtype, 1);
    storage.view[0] = value;
    return new Tensor([], dtype, storage);
  }

  assign(): void {
    throw new Error("An imported model assigns to nothing.");
  }

  withValues(x: Tensor): Tensor {
    const buffer = this.computed.get(x);
    return buffer ? fromData(buffer.data, x.shape, x.dtype) : x;
  }

  private valuesOf(x: Tensor): Buffer {
    return this.computed.get(x) ?? { data: x.data, shape: x.shape };
  }
}
