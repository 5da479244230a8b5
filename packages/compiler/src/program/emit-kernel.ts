import type { BatchKernel, Epilogue, KernelContext, Lanes, SimdAlgebra } from "@pointwise/wasm";
import { extentBeside } from "../fuse/epilogues.ts";
import type { KernelItem } from "../fuse/item.ts";
import type { Places } from "../lowerings/lowering.ts";
import type { Node } from "../trace/graph.ts";
import { applyElementwise } from "./apply-elementwise.ts";
import type { IndexChecks } from "./index-checks.ts";
import type { Phase } from "./phase.ts";

/** @param addressOf where operands of the epilogue lie; asked when code is written */
export function kernelOf(
  context: KernelContext,
  item: KernelItem,
  checks: IndexChecks,
  addressOf: (node: Node) => number,
): BatchKernel<Places> {
  const { lowering, main, mate } = item;
  return lowering.kernel(context, main, {
    epilogue: item.epilogue.length > 0 ? epilogueOf(item, addressOf) : undefined,
    mate,
    indexCheck: (input, size, what = "index") =>
      checks.add({ op: main.op.name, what, index: main.inputs[input]!, size }),
  });
}

/** What the kernel reads and writes, in the function that is being written. */
export function placesOf(item: KernelItem, phase: Phase): Places {
  const { main, mate, epilogue } = item;
  const full = operandsOf(item).find((x) => extentBeside(item, x) === "full");
  return {
    inputs: main.inputs.map((x) => phase.place(x)),
    output: phase.place(epilogue.at(-1) ?? main),
    mate: mate && phase.place(mate),
    full: full && phase.place(full),
  };
}

/** What the epilogue reads besides the kernel's results. */
function operandsOf({ main, epilogue }: KernelItem): Node[] {
  const inside = new Set<Node>([main, ...epilogue]);
  const inputs = new Set(epilogue.flatMap((node) => node.inputs));
  return [...inputs].filter((x) => !inside.has(x) && x.kind !== "constant");
}

function epilogueOf(item: KernelItem, addressOf: (node: Node) => number): Epilogue {
  const { main, epilogue } = item;
  const nodes = operandsOf(item);
  const operands = nodes.map((node) => ({
    extent: extentBeside(item, node)!,
    get address() {
      return addressOf(node);
    },
  }));
  return {
    // Ids tell what is computed, addresses with what: nothing else goes into the code.
    get key() {
      return `${epilogue.map((node) => node.id)} on ${nodes.map(addressOf)}`;
    },
    operands,
    apply: (k: SimdAlgebra, result: Lanes, values: readonly Lanes[]) => {
      const known = new Map<Node, Lanes>([[main, result], ...nodes.map((node, i) => [node, values[i]!] as const)]);
      let last = result;
      for (const node of epilogue) {
        const operands = node.inputs.map((x) => (x.kind === "constant" ? k.c(x.value) : known.get(x)!));
        last = applyElementwise(k, node, operands);
        known.set(node, last);
      }
      return last;
    },
  };
}
