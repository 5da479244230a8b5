import type { FunctionBuilder } from "../../assembler/function-builder.ts";
import type { I32, Local, V128 } from "../../assembler/value-types.ts";
import type { KernelContext } from "../kernel-context.ts";
import { keepsOrder } from "./keeps-order.ts";
import type { Place, Product } from "./places.ts";

/** Of the table of masks: so many words of zeros, of ones, and of zeros again. */
const maskWords = 8;

export const maskBytes = 3 * 4 * maskWords;

export function writeMasks({ memoryFill, i32 }: FunctionBuilder, address: number): void {
  memoryFill(i32.const(address), i32.const(0), i32.const(maskBytes));
  memoryFill(i32.const(address + 4 * maskWords), i32.const(255), i32.const(4 * maskWords));
}

/** So many vectors and their products leave registers free. */
const fewPlaces = 4;

/** Reads vectors of a block's places, with zeros where there are no elements. */
export interface PlaceReader {
  /** From here on, places are those of the block that begins at an address. */
  enter(block: I32, places: readonly Place[]): void;
  move(elements: number): void;
  /** Writes what uses each place, which `values` pushes. */
  forEach(places: readonly Place[], use: (values: () => V128, uses: readonly Product[]) => void): void;
  /** Ones in the first lanes. */
  before(lane: number): V128;
}

/** @param table the address of the table of masks */
export function placeReader({ engine }: KernelContext, f: FunctionBuilder, table: Local<"i32">): PlaceReader {
  const { get, set, i32, v128 } = f;
  const atOnce = keepsOrder(engine) ? Number.POSITIVE_INFINITY : fewPlaces;
  const pointer = f.local("i32");
  const masks = new Map<number, Local<"v128">>();
  let lowest = 0;
  /** Four words of the table: neighbouring vectors have neighbouring masks, of which the revectorizer makes pairs. */
  const mask = (word: number): V128 => {
    const known = masks.get(word) ?? f.local("v128");
    if (!masks.has(word)) f.atEntry(() => set(known, v128.load(get(table), 4 * word)));
    masks.set(word, known);
    return get(known);
  };
  const before = (lane: number) => mask(2 * maskWords - lane);
  const read = ({ offset, from, to }: Place): V128 => {
    let values = v128.load(get(pointer), 4 * (offset - lowest));
    if (from !== undefined) values = v128.and(values, mask(maskWords - from));
    if (to !== undefined) values = v128.and(values, before(to));
    return values;
  };
  return {
    enter(block, places) {
      // The block may begin far before the memory of what is read, but its first place does not.
      lowest = places.length > 0 ? Math.min(...places.map(({ offset }) => offset)) : 0;
      set(pointer, i32.add(block, i32.const(4 * lowest)));
    },
    move: (elements) => f.increment(pointer, 4 * elements),
    forEach(places, use) {
      for (let from = 0; from < places.length; from += atOnce) {
        const several = () => {
          for (const place of places.slice(from, from + atOnce)) use(() => read(place), place.uses);
        };
        // An address is never 0: the branch keeps V8 from loading all vectors before it computes with the first.
        if (from > 0) f.if(get(pointer), several);
        else several();
      }
    },
    before,
  };
}
