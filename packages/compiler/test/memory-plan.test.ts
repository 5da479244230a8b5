import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodesOf, owner } from "../src/fuse/item.ts";
import { compile } from "../src/index.ts";
import { sharedHeap } from "../src/memory/heap.ts";
import { bytesOf } from "../src/plan/memory-plan.ts";
import type { Node } from "../src/trace/graph.ts";
import { planOf, readsOf, type Scheduled } from "./pipeline.ts";
import { RandomFunction } from "./random-kernels/cases.ts";
import { allRules, families } from "./random-kernels/families.ts";
import { forPrograms } from "./random-kernels/for-programs.ts";

describe("the memory plan", () => {
  /** From the step in which something is in memory first to the one in which it is for the last time, both included. */
  interface Life {
    readonly what: string;
    readonly address: number;
    readonly bytes: number;
    first: number;
    last: number;
  }

  /** By the schedule alone: what is written, and what is read by whom. */
  function lives(program: Scheduled, scratchBytes: number): Life[] {
    const { graph, steps, traffic, writes } = program;
    const plan = planOf(program, scratchBytes);
    const known = new Map<Node, Life>();
    const note = (node: Node, step: number) => {
      const at = owner(node);
      if (at.kind === "constant" || at.kind === "state" || writes.inPlace.has(at)) return;
      let life = known.get(at);
      if (!life) {
        const { onePicture } = plan.buffers.find((buffer) => buffer.node === at)!;
        const bytes = onePicture ? bytesOf(at) / at.shape[0]! : bytesOf(at);
        life = { what: `%${at.id}`, address: plan.addressOf(node), bytes, first: step, last: step };
        known.set(at, life);
      }
      life.first = Math.min(life.first, step);
      life.last = Math.max(life.last, step);
    };
    for (const input of graph.inputs) note(input, -1);
    const working: Life[] = [];
    steps.forEach(({ items }, step) => {
      for (const item of items) {
        const own = nodesOf(item);
        const stored = traffic.get(item)!.writes.map(({ node }) => node);
        for (const node of stored) note(node, step);
        for (const node of readsOf(item)) if (!own.some((x) => x === node)) note(node, step);
        const { panels } = plan.scratchOf(item);
        const bytes = plan.scratch.get(item)!.panels;
        working.push({
          what: `working memory of ${own[0]!.op.name}`,
          address: panels!,
          bytes,
          first: step,
          last: step,
        });
      }
    });
    for (const output of graph.outputs) note(output, steps.length);
    for (const { value } of writes.copies) note(value, steps.length);
    const all = [...known.values(), ...working];
    for (const { address, bytes } of all) expect(address + bytes).toBeLessThanOrEqual(plan.bytes);
    return all;
  }

  test("random programs: what is in memory at the same time does not overlap", () => {
    let [pairs, shared] = [0, 0];
    forPrograms((program) => {
      const all = lives(program, 1000);
      all.forEach((a, i) => {
        for (const b of all.slice(0, i)) {
          const apart = a.address + a.bytes <= b.address || b.address + b.bytes <= a.address;
          if (a.last < b.first || b.last < a.first) {
            if (!apart) shared++;
            continue;
          }
          pairs++;
          if (!apart) expect.fail(`${JSON.stringify(a)} and ${JSON.stringify(b)} overlap.`);
        }
      });
    });
    expect(pairs).toBeGreaterThan(1000);
    expect(shared).toBeGreaterThan(100); // so the rest does share
  });

  test("random programs: no call needs more memory than the second, and the plan stays", () => {
    const all = fc.property(fc.oneof(...Object.values(families)), (c) => {
      const programs: { call: () => void; explain: () => string }[] = [];
      new RandomFunction(c, allRules).outputs("float32", (f) => {
        const compiled = compile(f);
        return (...args) => {
          programs.push({ call: () => compiled(...args), explain: compiled.explain });
          return compiled(...args);
        };
      });
      const { call, explain } = programs.at(-1)!;
      const [bytes, text] = [sharedHeap().buffer.byteLength, explain()];
      for (let i = 0; i < 5; i++) call();
      expect(sharedHeap().buffer.byteLength).toBe(bytes);
      expect(explain()).toBe(text);
    });
    fc.assert(all, { numRuns: 60 });
  });
});
