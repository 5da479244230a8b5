import { formatShape, ShapeError, stridesOf } from "@pointwise/tensor";
import type { Node } from "../trace/graph.ts";

/** An index tensor that a kernel checks as it reads it. */
interface IndexCheck {
  readonly op: string;
  readonly index: Node;
  /** Indices are from 0 to size − 1. */
  readonly size: number;
}

/** The checks of a program, and the errors that they become. */
export class IndexChecks {
  private readonly checks: IndexCheck[] = [];

  /** @returns the number that a kernel passes to `refuseIndex` */
  add(check: IndexCheck): number {
    return this.checks.push(check) - 1;
  }

  /** @param position of the index in its tensor @param value what is there */
  refuse(id: number, position: number, valueAt: (node: Node, position: number) => number): never {
    const { op, index, size } = this.checks[id]!;
    const place = stridesOf(index.shape).map((stride, d) => Math.floor(position / stride) % index.shape[d]!);
    const range = size === 0 ? "there is none to choose from" : `it must be 0 to ${size - 1}, since there are ${size}`;
    throw new ShapeError(
      `${op}: index ${valueAt(index, position)} at ${formatShape(place)} is out of range: ${range}.`,
    );
  }
}
