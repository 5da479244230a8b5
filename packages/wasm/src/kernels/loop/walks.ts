import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { I32, Local } from "../../assembler/value-types.ts";
import type { Address } from "../address.ts";
import { bytesOf } from "./element-access.ts";
import type { ElementType } from "./loop-spec.ts";

/** How an operand is reached: the position, which moves, and the offset, which does not. */
export interface Access {
  readonly type: ElementType;
  readonly varies: readonly boolean[];
  readonly offset: number;
  readonly position: () => I32;
}

interface Walk {
  readonly position: Local<"i32">;
  readonly varies: readonly boolean[];
  readonly bytes: number;
}

/** The positions of a loop's operands. Those that walk alike share one, so that a turn of the loop moves few. */
export class Walks {
  private readonly f: FunctionBuilder;
  private readonly byKey = new Map<string, Walk>();

  constructor(f: FunctionBuilder) {
    this.f = f;
  }

  access({ type, address }: { type: ElementType; address: Address }, varies: readonly boolean[]): Access {
    const { f } = this;
    const bytes = bytesOf(type);
    const key = `${varies} ${bytes} ${address.base?.index}`;
    let walk = this.byKey.get(key);
    if (!walk) {
      walk = { position: f.local("i32"), varies, bytes };
      f.set(walk.position, address.base ? f.get(address.base) : f.i32.const(0));
      this.byKey.set(key, walk);
    }
    const { position } = walk;
    return { type, varies, offset: address.offset, position: () => f.get(position) };
  }

  /** Moves on along the innermost dimension. */
  advance(elements: number): void {
    for (const { position, varies, bytes } of this.byKey.values()) {
      if (varies.at(-1)) this.f.increment(position, elements * bytes);
    }
  }

  /** Writes `times` turns of a dimension that is not the innermost. */
  over(dim: number, times: number, turn: () => void): void {
    const { f } = this;
    const rewound: { position: Local<"i32">; start: Local<"i32"> }[] = [];
    const stepped: Walk[] = [];
    for (const walk of this.byKey.values()) {
      const movesWithin = walk.varies.slice(dim + 1).some(Boolean);
      if (movesWithin && !walk.varies[dim]) rewound.push({ position: walk.position, start: f.local("i32") });
      if (!movesWithin && walk.varies[dim]) stepped.push(walk);
    }
    for (const { position, start } of rewound) f.set(start, f.get(position));
    f.repeat(times, () => {
      for (const { position, start } of rewound) f.set(position, f.get(start));
      turn();
      for (const { position, bytes } of stepped) f.increment(position, bytes);
    });
  }
}
