import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import { type Address, pointer } from "../address.ts";
import type { KernelContext } from "../kernel-context.ts";
import { contiguousLines } from "./contiguous-lines.ts";
import { parallelLines } from "./parallel-lines.ts";
import type { LineOutputs, SoftmaxSpec } from "./softmax-spec.ts";

/** y = eˣ / Σ eˣ of each line; NaN where x has a NaN or ∞, or nothing but −∞. y may be x. */
export function softmax(
  context: KernelContext,
  f: FunctionBuilder,
  spec: SoftmaxSpec,
  at: { readonly x: Address; readonly y: Address },
): void {
  forEachLine(context, f, spec, { y: "softmax" }, at);
}

/** y = log softmax(x), on the same terms. */
export function logSoftmax(
  context: KernelContext,
  f: FunctionBuilder,
  spec: SoftmaxSpec,
  at: { readonly x: Address; readonly y: Address },
): void {
  forEachLine(context, f, spec, { y: "logSoftmax" }, at);
}

export interface SoftmaxCrossEntropySpec extends SoftmaxSpec {
  /** What `refuseIndex` is told if a label is not 0 to width − 1, before anything of its lines is read. */
  readonly labelCheck: number;
}

export interface SoftmaxCrossEntropyAddresses {
  /** float32 [outer, width, inner]. */
  readonly logits: Address;
  /** int32 [outer, inner]. */
  readonly labels: Address;
  /** float32 [outer, inner]. */
  readonly losses: Address;
  /** softmax(logits), which the gradient needs, computed along with the losses if wanted. May be the logits. */
  readonly probabilities?: Address | undefined;
}

/** losses = −log softmax(logits) at the labels. */
export function softmaxCrossEntropy(
  context: KernelContext,
  f: FunctionBuilder,
  { labelCheck, ...spec }: SoftmaxCrossEntropySpec,
  { logits, probabilities, ...at }: SoftmaxCrossEntropyAddresses,
): void {
  const outputs: LineOutputs = { y: probabilities ? "softmax" : undefined, labelCheck };
  forEachLine(context, f, spec, outputs, { x: logits, y: probabilities, ...at });
}

/** Wider lines are computed one by one, since their own length hides what is done once for each. */
const widestAtOnce = 16;

function forEachLine(
  context: KernelContext,
  f: FunctionBuilder,
  spec: SoftmaxSpec,
  outputs: LineOutputs,
  at: { readonly [K in "x" | "y" | "labels" | "losses"]?: Address | undefined },
): void {
  const { get } = f;
  const { outer, width, inner } = spec;
  const unused = { offset: 0 };
  const x = pointer(f, at.x ?? unused);
  const y = pointer(f, at.y ?? unused);
  const labels = pointer(f, at.labels ?? unused);
  const losses = pointer(f, at.losses ?? unused);
  const before = pointer(f, unused);
  const side = inner > 1;
  const atOnce = side || width <= widestAtOnce ? 4 : 1;
  const some = (lines: number) => {
    const kernel = (side ? parallelLines : contiguousLines)(context, spec, outputs, lines);
    f.call(kernel, get(x), get(y), get(labels), get(losses), get(before));
    for (const address of [x, y]) f.increment(address, lines * (side ? 4 : width * 4));
    for (const address of [labels, losses]) f.increment(address, lines * 4);
    f.increment(before, lines);
  };
  const all = (lines: number) => {
    f.repeat(Math.floor(lines / atOnce), () => some(atOnce));
    if (lines % atOnce > 0) some(lines % atOnce);
  };
  if (!side) {
    all(outer);
    return;
  }
  f.repeat(outer, () => {
    all(inner);
    for (const address of [x, y]) f.increment(address, (width - 1) * inner * 4);
  });
}
