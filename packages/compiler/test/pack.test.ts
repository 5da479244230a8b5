import fc from "fast-check";
import { expect, test } from "vitest";
import { ProgramHeap } from "../src/memory/heap.ts";
import { type Interval, packIntervals } from "../src/plan/pack.ts";

const intervals = fc.array(
  fc
    .record({ bytes: fc.nat(1000), from: fc.nat(12), length: fc.nat(6) })
    .map(({ bytes, from, length }): Interval => ({ bytes, from, to: from + length })),
  { maxLength: 30 },
);

function pack(all: readonly Interval[]) {
  const offsets = new Map<Interval, number>();
  const span = packIntervals(all, (interval, offset) => offsets.set(interval, offset));
  return { span, offsets };
}

test("what is needed at the same time does not overlap, and all lies within the span", () => {
  fc.assert(
    fc.property(intervals, (all) => {
      const { span, offsets } = pack(all);
      expect(offsets.size).toBe(all.length);
      expect(span).toBe(Math.max(0, ...all.map((x) => offsets.get(x)! + x.bytes)));
      all.forEach((a, i) => {
        for (const b of all.slice(0, i)) {
          if (a.to < b.from || b.to < a.from) continue;
          const apart = offsets.get(a)! + a.bytes <= offsets.get(b)! || offsets.get(b)! + b.bytes <= offsets.get(a)!;
          expect(apart, JSON.stringify([a, b])).toBe(true);
        }
      });
    }),
  );
});

test("what is needed one after the other shares its place; no more is spanned than without sharing", () => {
  const chain = [0, 1, 2, 3].map((from) => ({ bytes: 64, from, to: from }));
  expect(pack(chain).span).toBe(64);
  expect(pack(chain.map((x) => ({ ...x, to: x.from + 1 }))).span).toBe(128);
  fc.assert(
    fc.property(intervals, (all) => {
      const { span } = pack(all);
      expect(span).toBeLessThanOrEqual(all.reduce((sum, { bytes }) => sum + bytes, 0));
      const at = (step: number) => all.filter(({ from, to }) => from <= step && step <= to);
      const needed = Array.from({ length: 20 }, (_, step) => at(step).reduce((sum, { bytes }) => sum + bytes, 0));
      expect(span).toBeGreaterThanOrEqual(Math.max(...needed));
    }),
  );
});

test("the heap's blocks never overlap, and what is given back is one free block again", () => {
  const action = fc.oneof(fc.record({ allocate: fc.nat(5000) }), fc.record({ release: fc.nat(50) }));
  fc.assert(
    fc.property(fc.array(action, { minLength: 1, maxLength: 60 }), (actions) => {
      const heap = new ProgramHeap();
      const blocks: { address: number; bytes: number }[] = [];
      let most = 0;
      for (const each of actions) {
        if ("release" in each) {
          const [block] = blocks.splice(each.release % Math.max(1, blocks.length), 1);
          if (block) heap.release(block);
          continue;
        }
        const block = { address: heap.allocate(each.allocate), bytes: each.allocate };
        const end = block.address + block.bytes;
        expect(block.address % 64).toBe(0);
        expect(block.address).toBeGreaterThan(0);
        expect(end).toBeLessThanOrEqual(heap.buffer.byteLength);
        for (const other of blocks) {
          expect(end <= other.address || other.address + other.bytes <= block.address).toBe(true);
        }
        most = Math.max(most, end);
        if (block.bytes > 0) blocks.push(block);
      }
      for (const block of blocks) heap.release(block);
      // All of it is free, in one piece: the largest block that there can be starts at the beginning.
      expect(heap.allocate(Math.max(64, most - 64))).toBe(64);
    }),
    { numRuns: 100 },
  );
});
