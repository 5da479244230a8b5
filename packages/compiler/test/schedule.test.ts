import {
  add,
  assign,
  conv2d,
  exp,
  matmul,
  maxPool2d,
  mul,
  Rng,
  relu,
  setAccelerator,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "@pointwise/tensor";
import { beforeAll, describe, expect, test } from "vitest";
import { type Item, nodesOf, owner } from "../src/fuse/item.ts";
import { compile } from "../src/index.ts";
import { align } from "../src/memory/heap.ts";
import { bytesOf } from "../src/plan/memory-plan.ts";
import type { Node } from "../src/trace/graph.ts";
import { expectClose } from "./close-to.ts";
import { graphOf, planOf, readsOf, scheduled } from "./pipeline.ts";
import { forPrograms } from "./random-kernels/for-programs.ts";

// Eager mode is the oracle, so it must not use the same kernels.
beforeAll(() => setAccelerator(undefined));

const computes = (item: Item, node: Node): boolean => nodesOf(item).some((x) => x === node);

describe("states are overwritten in place", () => {
  const make = () => {
    const rng = new Rng(1);
    const [y, p] = [rng.normal([2, 2, 5, 5]), rng.normal([2, 2, 1, 1])];
    const [w, x] = [rng.normal([2, 1, 3, 3]), rng.normal([2, 2, 5, 5])];
    return { s: rng.normal([3, 3]), t: rng.normal([3, 3]), w, x, y, p };
  };
  type States = ReturnType<typeof make>;

  /** Functions of states, and how many of the new values are computed in place. */
  const rows: readonly { title: string; inPlace: number; f: (states: States) => unknown }[] = [
    { title: "by an elementwise function of itself", inPlace: 1, f: ({ s }) => assign(s, exp(mul(s, 0.5))) },
    {
      title: "after what was recorded before and reads it, which is not needed until the end",
      inPlace: 1,
      f: ({ s }) => {
        const [product, next] = [matmul(s, s), mul(s, 0.5)];
        assign(s, next);
        return tanh(product);
      },
    },
    {
      title: "not while something recorded later reads it",
      inPlace: 0,
      f: ({ s }) => {
        const [next, product] = [mul(s, 0.5), matmul(s, s)];
        assign(s, next);
        return product;
      },
    },
    {
      title: "not while a product of the new and the old value is still to come",
      inPlace: 0,
      f: ({ s }) => {
        const next = tanh(s);
        const both = matmul(next, s);
        assign(s, next);
        return both;
      },
    },
    {
      title: "not by a product, which reads it all the time",
      inPlace: 0,
      f: ({ s }) => assign(s, matmul(s, s)),
    },
    { title: "not by a copy in another order", inPlace: 0, f: ({ s }) => assign(s, transpose(s)) },
    { title: "by a product that nobody reads the old value of", inPlace: 1, f: ({ s, t }) => assign(s, matmul(t, t)) },
    {
      title: "picture by picture, by a convolution and what follows it",
      inPlace: 2,
      f: ({ w, x, y, p }) => {
        const next = relu(conv2d(x, w, { groups: 2, padding: 1 }));
        assign(y, next);
        assign(p, maxPool2d(next, 5));
        return sum(next);
      },
    },
    {
      title: "not by a convolution where something read the old value before",
      inPlace: 0,
      f: ({ w, x, y }) => {
        const total = sum(matmul(y, y));
        assign(y, conv2d(x, w, { groups: 2, padding: 1 }));
        return total;
      },
    },
    {
      title: "by a function of itself and of a fold of it, which is complete before",
      inPlace: 1,
      f: ({ s }) => assign(s, mul(tanh(s), sum(s, 0, { keepdim: true }))),
    },
    {
      title: "two at once, by one loop",
      inPlace: 2,
      f: ({ s, t }) => {
        const [sum, difference] = [add(s, t), sub(s, t)];
        assign(s, sum);
        assign(t, difference);
      },
    },
    {
      title: "not both where they are exchanged",
      inPlace: 1,
      f: ({ s, t }) => {
        const [ofS, ofT] = [tanh(s), mul(t, 0.5)];
        const product = matmul(ofS, t);
        assign(s, ofT);
        assign(t, ofS);
        return product;
      },
    },
    {
      title: "not twice by one value",
      inPlace: 1,
      f: ({ s, t }) => {
        const next = mul(add(s, t), 0.5);
        assign(s, next);
        assign(t, next);
      },
    },
    {
      title: "at once, not picture by picture beside a convolution that reads all of it for each",
      inPlace: 1,
      f: ({ w, x }) => {
        const y = conv2d(x, w, { groups: 2 });
        assign(w, mul(w, tanh(sum(y, 1, { keepdim: true }))));
        return relu(y);
      },
    },
  ];

  test.each(rows)("$title", ({ inPlace, f }) => {
    const states = make();
    const { writes } = scheduled(graphOf(() => f(states) ?? [], []));
    expect(writes.inPlace.size).toBe(inPlace);
    const [eager, compiled] = [make(), make()];
    const g = compile(() => f(compiled) as Tensor[]);
    for (let i = 0; i < 3; i++) {
      expectClose([g() ?? []].flat(), [(f(eager) as Tensor[] | undefined) ?? []].flat(), 1e-4);
      expectClose(Object.values(compiled), Object.values(eager), 1e-4);
    }
  });

  test("random programs: no step after the one that writes, and no other item of it, reads the old value", () => {
    let inPlace = 0;
    forPrograms(({ steps, writes }) => {
      for (const [value, state] of writes.inPlace) {
        inPlace++;
        const step = steps.findIndex(({ items }) => items.some((item) => computes(item, value)));
        const { items, pictures } = steps[step]!;
        const byKernel = items.find((item) => computes(item, value))!.kind === "kernel";
        if (!byKernel) expect([items.length, pictures]).toEqual([1, 0]);
        const others = steps.slice(byKernel ? 0 : step + 1).flatMap(({ items }) => items);
        expect(others.flatMap(readsOf)).not.toContain(state);
      }
    });
    expect(inPlace).toBeGreaterThan(20);
  });
});

describe("loops over pictures", () => {
  /** A small network, by the names of what its buffers hold, and how much of it. */
  const plan = (f: (x: Tensor, w: Tensor) => unknown) => {
    const program = scheduled(graphOf(f, [new Rng(1).normal([6, 2, 8, 8]), tensor([[[[1]], [[2]]]])]));
    const { buffers } = planOf(program);
    const nameOf = (node: Node) => (node.kind === "op" ? node.op.name : node.kind);
    const parts = buffers.map(({ node, onePicture }) => [nameOf(node), onePicture ? "one picture" : "all"] as const);
    for (const { node, bytes, onePicture } of buffers) expect(bytes).toBe(align(bytesOf(node) / (onePicture ? 6 : 1)));
    return {
      steps: program.steps.map(({ items, pictures }) => [items.length, pictures]),
      held: Object.fromEntries(parts),
    };
  };

  test("what lives within one of them has one picture's space", () => {
    const { steps, held } = plan((x, w) => maxPool2d(relu(conv2d(tanh(x), w)), 2));
    expect(steps).toEqual([[3, 6]]);
    expect(held).toEqual({ input: "all", tanh: "one picture", relu: "one picture", maxPool2d: "all" });
  });

  test("what is returned, summed over all pictures or read by another step has space for all", () => {
    const returned = plan((x, w) => {
      const y = relu(conv2d(x, w));
      return [y, maxPool2d(y, 2)];
    });
    expect(returned.held).toEqual({ input: "all", relu: "all", maxPool2d: "all" });
    const summed = plan((x, w) => maxPool2d(mul(conv2d(x, w), sum(conv2d(tanh(x), w))), 2));
    expect(summed.held).toMatchObject({ tanh: "one picture", sum: "all", mul: "one picture" });
    expect(summed.steps).toEqual([
      [4, 6],
      [2, 6],
    ]);
    const mixed = plan((x, w) => {
      const y = maxPool2d(conv2d(x, w), 2);
      return matmul(y.reshape([6, 16]), y.reshape([6, 16]), { transposeB: true });
    });
    expect(mixed.held).toEqual({ input: "all", conv2d: "one picture", maxPool2d: "all", matmul: "all" });
  });

  test("random programs: an array of one picture is used by one step only, which takes all its parts in turn", () => {
    let found = 0;
    forPrograms((program) => {
      const { steps, graph } = program;
      const { buffers } = planOf(program);
      for (const { node, onePicture } of buffers) {
        if (!onePicture) continue;
        found++;
        const users = steps.filter(({ items }) =>
          items.some((item) => readsOf(item).includes(node) || computes(item, node)),
        );
        expect(users).toHaveLength(1);
        expect(node.shape[0]).toBe(users[0]!.pictures);
        expect(graph.outputs.map(owner)).not.toContain(node);
      }
    });
    expect(found).toBeGreaterThan(50);
  });
});
