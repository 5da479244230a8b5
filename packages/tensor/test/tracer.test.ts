import {
  add,
  assign,
  type DType,
  matmul,
  mean,
  type Op,
  softmaxCrossEntropy,
  Tensor,
  type Tracer,
  tensor,
  trace,
  UsageError,
  zeros,
} from "@pointwise/tensor";
import { describe, expect, test } from "vitest";

class Recorder implements Tracer {
  readonly names: string[] = [];
  readonly constants: number[] = [];
  readonly assigned: [Tensor, Tensor][] = [];
  record(op: Op): void {
    this.names.push(op.name);
  }
  constant(value: number, dtype: DType): Tensor {
    this.constants.push(value);
    return new Tensor([], dtype, undefined);
  }
  assign(target: Tensor, value: Tensor): void {
    this.assigned.push([target, value]);
  }
}

describe("while a trace is open", () => {
  test("ops are recorded, with shapes and dtypes but no values", () => {
    const recorder = new Recorder();
    const x = tensor([[1, 2, 3]]);
    const y = trace(recorder, () => mean(add(matmul(x, zeros([3, 4])), 0.5), 1));
    expect(recorder.names).toEqual(["matmul", "add", "sum", "reshape", "div"]);
    expect(recorder.constants).toEqual([0.5, 4]);
    expect([y.shape, y.dtype, y.storage]).toEqual([[1], "float32", undefined]);
  });

  test.each<[string, (x: Tensor) => unknown]>([
    ["data", (x) => x.data],
    ["item", (x) => x.item()],
    ["toArray", (x) => x.toArray()],
  ])("%s explains that there are no values yet", (_, read) => {
    const x = zeros([1]);
    expect(() => trace(new Recorder(), () => read(add(x, 1)))).toThrow(UsageError);
    expect(() => trace(new Recorder(), () => read(add(x, 1)))).toThrow(
      "This float32 tensor [1] has no values yet: it is being traced, and its values exist only when the compiled function runs.",
    );
  });

  test("a traced tensor can be printed, and used too late it explains itself", () => {
    const x = trace(new Recorder(), () => add(zeros([2, 3]), 1));
    expect(String(x)).toBe("tensor(traced, shape=[2, 3])");
    expect(() => add(x, 1)).toThrow("has no values yet");
  });

  test("shapes are checked, label values are not", () => {
    const labels = tensor(new Int32Array([7, -1]));
    expect(trace(new Recorder(), () => softmaxCrossEntropy(zeros([2, 3]), labels)).shape).toEqual([2]);
    expect(() => trace(new Recorder(), () => softmaxCrossEntropy(zeros([3, 3]), labels))).toThrow("one label for each");
  });

  test("assign is recorded and changes nothing yet", () => {
    const recorder = new Recorder();
    const x = zeros([2]);
    trace(recorder, () => assign(x, add(x, 1)));
    expect(recorder.assigned).toHaveLength(1);
    expect(x.toArray()).toEqual([0, 0]);
    expect(x.storage!.version).toBe(0);
  });

  test("the trace is closed when the function throws", () => {
    const fail = () => {
      throw new Error("stop");
    };
    expect(() => trace(new Recorder(), fail)).toThrow("stop");
    expect(add(zeros([1]), 1).item()).toBe(1);
  });
});
