import { SimdAlgebra } from "../../algebra/simd-algebra.ts";
import type { Callable } from "../../assembler/function-builder.ts";
import type { KernelContext } from "../kernel-context.ts";
import { storeLanes } from "../store-lanes.ts";
import { LinePasses } from "./line-passes.ts";
import { oneOfEach } from "./one-of-each.ts";
import { pickLabelled } from "./pick-labelled.ts";
import { type LineOutputs, linesKey, linesParameters, type SoftmaxSpec } from "./softmax-spec.ts";

/** Up to four lines, one below the other, whose values follow each other. They share one logarithm, since it is as long as all the rest. */
export function contiguousLines(
  context: KernelContext,
  spec: SoftmaxSpec,
  outputs: LineOutputs,
  lines: number,
): Callable<typeof linesParameters.params> {
  const key = `contiguousLines ${linesKey(spec, outputs)} ${lines}`;
  return context.function(key, () => {
    const f = context.module.function(key, linesParameters);
    const { get, set, f32x4 } = f;
    const [x, y, , losses] = f.args;
    const k = new SimdAlgebra(context, f, context.engine.loopConstants);
    const picked = outputs.labelCheck !== undefined && pickLabelled(context, f, spec, outputs.labelCheck, lines);
    const done = Array.from({ length: lines }, (_, line) => {
      const passes = new LinePasses(k, { x, y, offset: line * spec.width * 4 }, spec.width, lines);
      const max = passes.max();
      const sum = passes.sumOfExps(max, outputs.y === "softmax");
      if (outputs.y === "softmax") passes.scale(sum);
      return { passes, max, sum };
    });
    if (!picked && outputs.y !== "logSoftmax") return f;

    const sums = oneOfEach(
      f,
      done.map(({ sum }) => sum),
    );
    const logs = k.keep("f32", k.floats(k.log({ kind: "f32", local: sums }))).local;
    if (outputs.y === "logSoftmax")
      for (const [line, { passes, max }] of done.entries()) passes.subtract(max, logs, line);
    if (picked) {
      const loss = oneOfEach(
        f,
        done.map(({ max }) => max),
      );
      // In this order small losses stay exact: maximum and label are then often the same value.
      set(loss, f32x4.add(f32x4.sub(get(loss), get(picked)), get(logs)));
      storeLanes(f, () => get(losses), loss, 0, lines);
    }
    return f;
  });
}
