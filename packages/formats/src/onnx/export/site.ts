import { type Op, UsageError } from "@pointwise/tensor";
import type { Builder, Value } from "./builder.ts";
import type { OpNode, Variants } from "./graph.ts";

/** An op to be written. */
export interface Site<A> {
  readonly node: OpNode;
  readonly x: readonly Value[];
  readonly b: Builder;
  /** @throws UsageError if they depend on the batch size. */
  readonly attrs: A;
}

/** Writes an op as ONNX nodes. */
export type Emitter = (site: Site<unknown>) => Value;

/** The writer of one op. */
export function emitter<A>(op: Op<A>, emit: (site: Site<A>) => Value): readonly [Op, Emitter] {
  // A site of this op has its attributes; the table holds ops of all kinds of attributes.
  return [op as Op, emit as Emitter];
}

export function siteOf(node: OpNode, x: readonly Value[], b: Builder): Site<unknown> {
  return {
    node,
    x,
    b,
    get attrs() {
      return fixedAttrs(node);
    },
  };
}

/** @throws UsageError if they depend on the batch size. */
export function fixedAttrs({ op, attrs }: OpNode): unknown {
  const texts: Variants<string> = [JSON.stringify(attrs[0]), ...attrs.slice(1).map((a) => JSON.stringify(a))];
  if (texts.every((text) => text === texts[0])) return attrs[0];
  throw dependsOnBatch(op.name, `its options are ${texts.join(" and ")} for batches of two sizes`);
}

export const dependsOnBatch = (op: string, how: string): UsageError =>
  new UsageError(
    `exportOnnx: the op "${op}" depends on the batch size in a way that cannot be written: ${how}. Say { dynamicBatch: false } for a model of one batch size.`,
  );
