import { SimdAlgebra } from "../../algebra/simd-algebra.ts";
import type { Callable } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { pickLabelled } from "./pick-labelled.ts";
import { type LineOutputs, linesKey, linesParameters, type SoftmaxSpec } from "./softmax-spec.ts";

/** Up to four lines that run side by side: the dimension is not the last. Each has a lane. */
export function parallelLines(
  context: KernelContext,
  spec: SoftmaxSpec,
  outputs: LineOutputs,
  lanes: number,
): Callable<typeof linesParameters.params> {
  const key = `parallelLines ${linesKey(spec, outputs)} ${lanes}`;
  return context.function(key, () => {
    const f = context.module.function(key, linesParameters);
    const { get, set, f32x4, f32, v128 } = f;
    const [x, y, , losses] = f.args;
    const k = new SimdAlgebra(context, f, context.engine.loopConstants);
    const picked = outputs.labelCheck !== undefined && pickLabelled(context, f, spec, outputs.labelCheck, lanes);
    const [from, to] = [f.local("i32"), f.local("i32")];
    const [value, max, sum] = [f.local("v128"), f.local("v128"), f.local("v128")];
    const pass = (body: () => void) => {
      set(from, get(x));
      set(to, get(y));
      f.repeat(spec.width, () => {
        body();
        f.increment(from, spec.inner * 4);
        f.increment(to, spec.inner * 4);
      });
    };
    const store = (value: Local<"v128">) => storeLanes(f, () => get(to), value, 0, lanes);

    set(max, f32x4.splat(f32.const(Number.NEGATIVE_INFINITY)));
    pass(() => set(max, f32x4.pmax(get(max), v128.load(get(from)))));
    pass(() => {
      const power = k.keep("f32", f32x4.sub(v128.load(get(from)), get(max)));
      set(value, k.floats(k.exp(power)));
      set(sum, f32x4.add(get(sum), get(value)));
      if (outputs.y === "softmax") store(value);
    });
    if (outputs.y === "softmax") {
      const factor = f.local("v128");
      set(factor, f32x4.div(f32x4.splat(f32.const(1)), get(sum)));
      pass(() => {
        set(value, f32x4.mul(v128.load(get(to)), get(factor)));
        store(value);
      });
    }
    if (!picked && outputs.y !== "logSoftmax") return f;

    const log = k.keep("f32", k.floats(k.log({ kind: "f32", local: sum }))).local;
    if (outputs.y === "logSoftmax") {
      pass(() => {
        set(value, f32x4.sub(f32x4.sub(v128.load(get(from)), get(max)), get(log)));
        store(value);
      });
    }
    if (picked) {
      set(value, f32x4.add(f32x4.sub(get(max), get(picked)), get(log)));
      storeLanes(f, () => get(losses), value, 0, lanes);
    }
    return f;
  });
}
