import { type Shape, sameShape, sizeOf } from "@pointwise/tensor";
import type { EpilogueOperand } from "@pointwise/wasm";
import type { OutputMatrix } from "../lowerings/lowering.ts";
import { usesIndex } from "../simplify/fold-constants.ts";
import type { Node, OpNode } from "../trace/graph.ts";
import { isReduction, type KernelItem, owner } from "./item.ts";
import type { ItemList } from "./item-list.ts";
import { isAlone } from "./loops.ts";
import type { Users } from "./users.ts";

/**
 * Lets the kernel that produces one of the node's inputs apply the node before it stores: possible where that input has no other reader, and
 * what else the node reads is there when the kernel runs (or can be computed in the same place), in a layout that the kernel can follow.
 */
export function extendEpilogue(node: OpNode, items: ItemList, users: Users): boolean {
  return node.inputs.some((result) => {
    const place = items.placeOf(result);
    const item = items.at(place);
    if (item?.kind !== "kernel" || !canEnd(item, result, node, users)) return false;
    const addition = additionTo(item, result, node, place, items, users);
    if (!addition) return false;
    for (const pulled of addition) {
      if (pulled !== node) items.remove(items.placeOf(pulled));
      item.epilogue.push(pulled);
      items.joined(pulled, place);
    }
    return true;
  });
}

/** Whether the node is elementwise work on the kernel's result, which nobody else needs. */
function canEnd(item: KernelItem, result: Node, node: OpNode, users: Users): boolean {
  const stored = item.epilogue.at(-1) ?? item.main;
  return (
    item.lowering.outputMatrix?.(item.main) !== undefined &&
    item.mate === undefined &&
    result === stored &&
    users.only(result) === node &&
    sameShape(node.shape, result.shape) &&
    isPlain(node)
  );
}

function isPlain(node: OpNode): boolean {
  const { op, attrs, inputs, dtype } = node;
  return dtype === "float32" && op.kind === "elementwise" && !usesIndex(op, attrs, inputs.length);
}

/** The nodes to add to the epilogue: this one, preceded by others that only serve it. */
function additionTo(
  item: KernelItem,
  result: Node,
  node: OpNode,
  place: number,
  items: ItemList,
  users: Users,
): OpNode[] | undefined {
  const pulled: OpNode[] = [];
  for (const x of new Set(node.inputs)) {
    if (x === result || isOperand(x, item, place, items)) continue;
    const movable =
      isAlone(x, items) &&
      !isReduction(x) &&
      users.only(x) === node &&
      x.op.kind === "elementwise" &&
      !usesIndex(x.op, x.attrs, x.inputs.length) &&
      sameShape(x.shape, result.shape) &&
      x.inputs.every((y) => isOperand(y, item, place, items));
    if (!movable) return undefined;
    pulled.push(x);
  }
  const addition = [...pulled, node];
  return fullOperands([...item.epilogue, ...addition], item).size <= 1 ? addition : undefined;
}

/** Whether the kernel can read the value beside its results. */
function isOperand(x: Node, item: KernelItem, place: number, items: ItemList): boolean {
  if (x.kind === "constant") return true;
  if (x.dtype !== "float32" || items.placeOf(x) >= place) return false;
  return extentBeside(item, x) !== undefined;
}

/** Operands as large as the output. A kernel keeps the address of one. */
function fullOperands(nodes: readonly OpNode[], item: KernelItem): Set<Node> {
  const inside = new Set<Node>([item.main, ...nodes]);
  return new Set(
    nodes
      .flatMap((node) => node.inputs)
      .filter((x) => !inside.has(x) && x.kind !== "constant" && extentBeside(item, x) === "full")
      .map(owner),
  );
}

/** How an operand lies beside the output of a kernel; `undefined` if in a way that its epilogue cannot follow. */
export function extentBeside({ lowering, main }: KernelItem, operand: Node): EpilogueOperand["extent"] | undefined {
  const matrix = lowering.outputMatrix?.(main);
  const extent = matrix && extentOf(operand.shape, main.shape, matrix);
  // What the kernel reads whole, such as weights, is found at its start, whatever the picture: an epilogue needs the picture's part.
  const isReadWhole = lowering.isPerPicture?.(main.inputs.indexOf(operand)) === false && main.inputs.includes(operand);
  return extent === "full" && isReadWhole ? undefined : extent;
}

function extentOf(operand: Shape, output: Shape, matrix: OutputMatrix): EpilogueOperand["extent"] | undefined {
  if (sizeOf(operand) === 1) return "scalar";
  if (sameShape(operand, output)) return "full";
  const lead = output.length - operand.length;
  const varying = output.map((_, i) => i).filter((i) => i >= lead && operand[i - lead]! > 1);
  const along = (dims: readonly number[]) => {
    const real = dims.filter((d) => output[d]! > 1);
    return varying.length === real.length && varying.every((d) => real.includes(d) && operand[d - lead] === output[d]);
  };
  if (along(matrix.columns)) return "column";
  return along(matrix.rows) ? "row" : undefined;
}
