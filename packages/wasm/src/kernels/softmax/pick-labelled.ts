import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { Local } from "../../assembler/value-types.ts";
import { checkIndex } from "../index/check-index.ts";
import type { KernelContext } from "../kernel-context.ts";
import type { linesParameters, SoftmaxSpec } from "./softmax-spec.ts";

/** The value at its label of each of some neighbouring lines, one in each lane; labels out of range are refused before anything is read. */
export function pickLabelled(
  context: KernelContext,
  f: FunctionBuilder<typeof linesParameters.params>,
  { width, inner }: SoftmaxSpec,
  labelCheck: number,
  lanes: number,
): Local<"v128"> {
  const { get, set, i32, v128 } = f;
  const [x, , labels, , before] = f.args;
  const picked = f.local("v128");
  const step = inner === 1 ? width : 1;
  const label = f.localArray("i32", lanes);
  for (const [lane, local] of label.entries()) {
    set(local, i32.load(get(labels), 4 * lane));
    const position = () => i32.add(get(before), i32.const(lane));
    checkIndex(context, f, { id: labelCheck, size: width }, local, position);
  }
  for (const [lane, local] of label.entries()) {
    const address = i32.add(get(x), i32.mul(get(local), i32.const(inner * 4)));
    set(picked, v128.load32Lane(address, get(picked), 4 * lane * step, lane));
  }
  return picked;
}
