import { checkIndices, type TypedArray } from "@pointwise/tensor";
import type { Node } from "../trace/graph.ts";

/** An index tensor that a kernel checks as it reads it. */
interface IndexCheck {
  readonly op: string;
  /** What its values are called. */
  readonly what: "index" | "label";
  readonly index: Node;
  /** Values are from 0 to size − 1. */
  readonly size: number;
}

/** The checks of a program, and the errors that they become. */
export class IndexChecks {
  private readonly checks: IndexCheck[] = [];

  /** @returns the number that a kernel passes to `refuseIndex` */
  add(check: IndexCheck): number {
    return this.checks.push(check) - 1;
  }

  /** Throws what the op's reference throws. @throws ShapeError */
  refuse(id: number, valuesOf: (node: Node) => TypedArray): void {
    const { op, what, index, size } = this.checks[id]!;
    checkIndices(op, what, { data: valuesOf(index), shape: index.shape }, size);
  }
}
