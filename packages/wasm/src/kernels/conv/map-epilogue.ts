import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { I32, Local } from "../../assembler/value-types.ts";
import { type Address, absolute } from "../address.ts";
import { EpilogueWriter } from "../apply-epilogue.ts";
import type { Epilogue } from "../epilogue.ts";
import type { KernelContext } from "../kernel-context.ts";

export interface MapPlaces {
  /** Four times the number of the channel. */
  readonly channel: Local<"i32">;
  /** Where the channel's output starts. */
  readonly start: Local<"i32">;
  /** The current row of it. */
  readonly target: Local<"i32">;
  /** How far an operand of the output's size lies beyond it. */
  readonly delta: Local<"i32">;
}

/** An epilogue over pictures that are written channel by channel, row by row. */
export interface MapEpilogue {
  /** Loads what belongs to the channel. */
  enterChannel(): void;
  /** Replaces the values of four neighbouring columns. */
  apply(values: Local<"v128">, column: number): void;
}

export function mapEpilogue(
  context: KernelContext,
  f: FunctionBuilder,
  epilogue: Epilogue | undefined,
  { channel, start, target, delta }: MapPlaces,
): MapEpilogue {
  if (!epilogue) return { enterChannel() {}, apply() {} };
  const { get, set, i32, v128 } = f;
  const writer = new EpilogueWriter(context, f, epilogue);
  const rowOperands = epilogue.operands.filter(({ extent }) => extent === "row");
  const ofChannel = new Map(rowOperands.map((operand) => [operand, f.local("v128")]));
  return {
    enterChannel() {
      for (const [{ address }, local] of ofChannel) set(local, v128.load32Splat(get(channel), address));
    },
    apply(values, column) {
      writer.apply(values, (operand) => {
        if (operand.extent === "row") return get(ofChannel.get(operand)!);
        if (operand.extent === "full") return v128.load(i32.add(get(target), get(delta)), 4 * column);
        return v128.load(i32.sub(get(target), get(start)), operand.address + 4 * column);
      });
    },
  };
}

/** How far the epilogue's full operand lies beyond the output. */
export function beyond(f: FunctionBuilder, full: Address | undefined, output: Address): I32 {
  return full ? f.i32.sub(absolute(f, full), absolute(f, output)) : f.i32.const(0);
}
