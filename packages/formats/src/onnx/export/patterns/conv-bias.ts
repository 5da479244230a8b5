import { addOp, conv2dOp, reshapeOp } from "@pointwise/tensor";
import { rankOf } from "../graph.ts";
import { emitConv2d } from "../ops/products.ts";
import { eitherOrder, firstOf, isOp, operands, type Pattern } from "./pattern.ts";

/** conv2d + bias as [1, C, 1, 1]: a Conv of three inputs. */
export const convBias: Pattern = (node) =>
  firstOf(eitherOrder(node, addOp), ([conv, reshaped]) => {
    const bias = operands(reshaped, reshapeOp)?.[0];
    if (!isOp(conv, conv2dOp) || !bias || rankOf(bias) !== 1 || bias.dtype !== conv.dtype) return undefined;
    const channels = bias.shapes[0][0]!;
    if (`${reshaped.shapes[0]}` !== `1,${channels},1,1` || conv.shapes[0][1] !== channels) return undefined;
    return { inner: [conv], inputs: [...conv.inputs, bias], emit: (x, b) => emitConv2d(conv, x, b) };
  });
