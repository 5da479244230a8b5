import type { Op } from "@pointwise/tensor";
import type { Builder, Value } from "../builder.ts";
import type { OpNode } from "../graph.ts";
import { noCounterpart } from "../no-counterpart.ts";
import { type Emitter, siteOf } from "../site.ts";
import { elementwiseEmitters, emitExpression } from "./elementwise.ts";
import { indexingEmitters } from "./indexing.ts";
import { poolEmitters } from "./pools.ts";
import { productEmitters } from "./products.ts";
import { reductionEmitters } from "./reductions.ts";
import { shapeEmitters } from "./shapes.ts";

let table: ReadonlyMap<Op, Emitter> | undefined;

/**
 * By the ops themselves, so that an op of a user's is not taken for another of its name. Made when it is needed, so that a bundle of something
 * else of this package does without.
 */
function emitters(): ReadonlyMap<Op, Emitter> {
  table ??= new Map([
    ...elementwiseEmitters(),
    ...shapeEmitters(),
    ...productEmitters(),
    ...poolEmitters(),
    ...reductionEmitters(),
    ...indexingEmitters(),
  ]);
  return table;
}

/**
 * Writes one op; an elementwise one that ONNX has no op for by its expression.
 * @throws UsageError for an op that has no counterpart
 */
export function emitOp(node: OpNode, x: readonly Value[], b: Builder): Value {
  const site = siteOf(node, x, b);
  const emit = emitters().get(node.op);
  if (emit) return emit(site);
  if (node.op.kind === "elementwise") return emitExpression(node.op, site);
  throw noCounterpart(node.op.name, node.op.name.endsWith("Grad") ? "(gradients are not exported)" : "");
}
