import type { Node } from "../trace/graph.ts";

/** 1,536 bytes are "1.5 KiB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

/** 1,500,000 operations are "1.5 MFLOP". */
export function formatFlops(flops: number): string {
  if (flops < 1e3) return `${flops} FLOP`;
  if (flops < 1e6) return `${(flops / 1e3).toFixed(1)} kFLOP`;
  return flops < 1e9 ? `${(flops / 1e6).toFixed(1)} MFLOP` : `${(flops / 1e9).toFixed(2)} GFLOP`;
}

/** As in "%12 = matmul(%3, %7) {"transposeB":true} float32 [64, 10]", without the attributes if there are none. */
export function formatNode(node: Node, name: (node: Node) => string): string {
  const type = `${node.dtype} [${node.shape.join(", ")}]`;
  switch (node.kind) {
    case "input":
      return `${name(node)} = argument ${node.index}: ${type}`;
    case "state":
      return `${name(node)} = state: ${type}`;
    case "constant":
      return `${name(node)} = ${node.value}`;
    case "op": {
      const attrs = node.attrs === undefined ? "" : ` ${JSON.stringify(node.attrs)}`;
      return `${name(node)} = ${node.op.name}(${node.inputs.map(name).join(", ")})${attrs}: ${type}`;
    }
  }
}
