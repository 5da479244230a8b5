import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, absolute } from "../address.ts";
import type { KernelContext } from "../kernel-context.ts";
import { bytesOf } from "../loop/element-access.ts";
import type { ElementType } from "../loop/loop-spec.ts";
import { nestedLoops } from "../nested-loops.ts";

/** x [outer, width, inner], along the dimension of `width`. */
export interface CumsumSpec {
  /** Of x; sums of bools are int32. */
  readonly type: ElementType;
  readonly outer: number;
  readonly width: number;
  readonly inner: number;
}

const type = { params: ["i32", "i32"] } as const; // x, y

/** y: the running sums of each line of x. Floats are summed in float64. */
export function cumsum(
  context: KernelContext,
  f: FunctionBuilder,
  spec: CumsumSpec,
  at: { readonly x: Address; readonly y: Address },
): void {
  const { outer, width, inner } = spec;
  const key = `cumsum ${[spec.type, outer, width, inner]}`;
  const kernel = context.function(key, () => {
    const f = context.module.function(key, type);
    const [x, y] = f.args;
    const bytes = bytesOf(spec.type);
    const walkers = [
      { address: x, strides: [width * inner * bytes, bytes] },
      { address: y, strides: [width * inner * 4, 4] },
    ];
    const alongLine = [
      { address: x, strides: [inner * bytes] },
      { address: y, strides: [inner * 4] },
    ];
    const { start, add } = spec.type === "float32" ? floatSum(f) : integerSum(f, spec.type);
    nestedLoops(f, [outer, inner], walkers, () => {
      start();
      nestedLoops(f, [width], alongLine, add);
    });
    return f;
  });
  f.call(kernel, absolute(f, at.x), absolute(f, at.y));
}

type Summing = FunctionBuilder<typeof type.params>;

function floatSum({ get, set, f32, f64, local, args: [x, y] }: Summing) {
  const total = local("f64");
  return {
    start: () => set(total, f64.const(0)),
    add: () => {
      set(total, f64.add(get(total), f64.promote(f32.load(get(x)))));
      f32.store(get(y), f32.demote(get(total)));
    },
  };
}

function integerSum({ get, set, i32, local, args: [x, y] }: Summing, type: "int32" | "bool") {
  const total = local("i32");
  return {
    start: () => set(total, i32.const(0)),
    add: () => {
      set(total, i32.add(get(total), type === "int32" ? i32.load(get(x)) : i32.load8U(get(x))));
      i32.store(get(y), get(total));
    },
  };
}
