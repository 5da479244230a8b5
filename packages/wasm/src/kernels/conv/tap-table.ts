import type { FunctionBuilder } from "../../assembler/function-builder.ts";

/** The places that the weights of one output meet, for its first window: the same in each channel. */
export interface TapTable {
  readonly channels: number;
  /** From one channel to the next, in elements. */
  readonly channelStride: number;
  /** Within a channel, in elements: kernel row by kernel row. */
  readonly offsets: readonly number[];
}

export const tapCount = ({ offsets }: TapTable): number => offsets.length;

/** Writes all offsets [channels, offsets], in bytes, as integers. */
export function writeTapTable(
  f: FunctionBuilder,
  { channels, channelStride, offsets }: TapTable,
  address: number,
): void {
  const { get, set, i32 } = f;
  const [to, channel] = [f.local("i32"), f.local("i32")];
  set(to, i32.const(address));
  set(channel, i32.const(0));
  f.repeat(channels, () => {
    offsets.forEach((offset, t) => {
      i32.store(get(to), i32.add(get(channel), i32.const(4 * offset)), 4 * t);
    });
    f.increment(to, 4 * offsets.length);
    f.increment(channel, 4 * channelStride);
  });
}
