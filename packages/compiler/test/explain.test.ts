import { valueAndGrad } from "@pointwise/autograd";
import { Conv1x1, Conv2d, crossEntropy, Flatten, Linear, MaxPool2d, ReLU, Sequential } from "@pointwise/layers";
import { SGD } from "@pointwise/optimizers";
import { add, conv2d, matmul, Rng, relu, sum, type Tensor, zeros } from "@pointwise/tensor";
import { currentEngine } from "@pointwise/wasm";
import { describe, expect, test } from "vitest";
import { compile } from "../src/index.ts";

const rng = new Rng(0);

/** Steps of a small network over 6 pictures of 8 × 8. */
function explainedStep() {
  const model = new Sequential(
    ...[new Conv2d(1, 4, 3, { padding: 1, rng }), new ReLU(), new MaxPool2d(2)],
    ...[new Conv1x1(4, 8, { rng }), new ReLU(), new Flatten(), new Linear(8 * 16, 10, { rng })],
  );
  const optimizer = new SGD(model.parameters(), { lr: 0.1 });
  const step = compile((x: Tensor, labels: Tensor) => {
    const [loss, grads] = valueAndGrad(() => crossEntropy(model.forward(x), labels), model.parameters());
    optimizer.step(grads);
    return loss;
  });
  const before = step.explain();
  step(rng.normal([6, 1, 8, 8]), rng.randint([6], 0, 10));
  return { before, text: step.explain() };
}

describe("a training step", () => {
  const { before, text } = explainedStep();
  const linesOf = (heading: string) => {
    const part = text.split("\n\n").find((p) => p.startsWith(heading))!;
    return part.split("\n").slice(1);
  };

  test("says so before it was called", () => {
    expect(before).toBe("Not called yet.");
  });

  test("its graph: arguments, states, ops with their attributes, assignments and the result", () => {
    const graph = linesOf("Graph");
    const assigned = graph.filter((line) => line.includes("←"));
    expect(graph).toContain("  %0 = argument 0: float32 [6, 1, 8, 8]");
    expect(graph).toContain("  %1 = argument 1: int32 [6]");
    expect(graph).toContain("  %2 = state: float32 [4, 1, 3, 3]");
    expect(graph[3]).toMatch(
      /^ {2}%3 = conv2d\(%0, %2\) \{.*"padding":\[\[1,1\],\[1,1\]\].*\}: float32 \[6, 4, 8, 8\]$/,
    );
    expect(graph.some((line) => /= matmul\(.*\) \{.*"transposeB":true\}: float32 \[6, 10\]$/.test(line))).toBe(true);
    expect(assigned).toHaveLength(6); // three weights and three biases
    expect(assigned[0]).toMatch(/^ {2}%2 ← %\d+$/);
    expect(graph.at(-1)).toMatch(/^ {2}return %\d+$/);
  });

  test("its schedule: what is fused, what runs picture by picture", () => {
    const schedule = linesOf("Schedule").map((line) => line.replace(/: [^:]*FLOP.*/, "").replace(/%\d+/, "%"));
    const forward = schedule.indexOf("  for each of 6 pictures:");
    expect(schedule.slice(forward, forward + 4)).toEqual([
      "  for each of 6 pictures:",
      "    conv2d + add + relu → % [6, 4, 8, 8]",
      "    maxPool2d → % [6, 4, 4, 4]",
      "    conv2d + add + relu → % [6, 8, 4, 4]",
    ]);
    expect(schedule).toContain("  matmul + add → % [6, 10]");
    expect(schedule).toContain("  softmaxCrossEntropy + softmax → % [6, 10]");
    expect(schedule).toContain("    maxPool2dGrad + le + where → % [6, 4, 8, 8]");
    expect(schedule).toContain("    loop: le + where + sum → % [1, 8, 1, 1]");
    // The optimizer's: one loop for each of three weights and three biases.
    expect(schedule.filter((line) => line.startsWith("  loop: mul + sub → %"))).toHaveLength(6);
  });

  test("its memory and code", () => {
    const memory =
      /^Memory: ([\d.]+) KiB for (\d+) arrays .*\(([\d.]+) KiB .* shared .* (\d+) are as large as one picture\), 5.4 KiB of state$/m;
    const [, bytes, arrays, withoutReuse, pictures] = memory.exec(text)!.map(Number);
    expect(bytes).toBeGreaterThan((6 * 4 * 64 * 4) / 1024); // the maps, which the gradients need
    expect(bytes).toBeLessThan(withoutReuse!);
    expect(arrays).toBeGreaterThan(10);
    expect(pictures).toBeGreaterThan(1);
    expect(text).toMatch(new RegExp(`^Code: [\\d.]+ KiB of WebAssembly for ${currentEngine()!.name}$`, "m"));
  });
});

describe("work", () => {
  /** The line of the schedule that has an op. */
  const lineOf = <A extends readonly Tensor[]>(
    op: string,
    f: (...args: A) => Tensor | readonly Tensor[],
    ...args: A
  ) => {
    const compiled = compile(f);
    compiled(...args);
    return compiled
      .explain()
      .split("\n")
      .find((line) => line.trimStart().startsWith(`${op} `))!;
  };
  const work = (line: string) => /: ([\d.]+ k?M?FLOP), ([\d.]+ (?:K?i?B))$/.exec(line)!.slice(1);
  const kilo = (x: number, unit: number, name: string) => `${(x / unit).toFixed(1)} ${name}`;
  const flops = (x: number) => kilo(x, 1000, "kFLOP");
  const bytes = (...elements: number[]) => kilo(4 * elements.reduce((a, b) => a + b), 1024, "KiB");

  test.each([
    [30, 20, 40],
    [7, 33, 129],
    [64, 1, 10],
  ])("of a product is 2·m·n·k: m %i, n %i, k %i", (m, n, k) => {
    const [a, b] = [zeros([m, k]), zeros([k, n])];
    expect(work(lineOf("matmul", (a, b) => matmul(a, b), a, b))).toEqual([
      flops(2 * m * n * k),
      bytes(m * k, k * n, m * n),
    ]);
    const transposed = lineOf("matmul", (a, b) => matmul(b, a, { transposeA: true, transposeB: true }), a, b);
    expect(work(transposed)).toEqual([flops(2 * m * n * k), bytes(m * k, k * n, m * n)]);
  });

  test("of a stack of products is that of all of them", () => {
    const line = lineOf("matmul", (a, b) => matmul(a, b), zeros([5, 8, 9]), zeros([5, 9, 10]));
    expect(work(line)).toEqual([flops(5 * 2 * 8 * 9 * 10), bytes(5 * 72, 5 * 90, 5 * 80)]);
  });

  test("of an epilogue is one operation an element, and its operands are read", () => {
    const line = lineOf(
      "matmul",
      (a, b, c) => relu(add(matmul(a, b), c)),
      zeros([30, 40]),
      zeros([40, 20]),
      zeros([20]),
    );
    expect(line).toContain("matmul + add + relu →");
    expect(work(line)).toEqual([flops(2 * 30 * 20 * 40 + 2 * 600), bytes(1200, 800, 20, 600)]);
  });

  const convolutions = [
    { title: "plain", groups: 1, options: {}, size: [6, 7] },
    { title: "with stride and padding", groups: 1, options: { stride: 2, padding: 1 }, size: [4, 5] },
    { title: "in groups", groups: 2, options: {}, size: [6, 7] },
    { title: "depthwise", groups: 4, options: {}, size: [6, 7] },
  ] as const;
  test.each(convolutions)(
    "of a convolution and its gradients is 2·N·maps·H·W·(C/groups)·kH·kW: $title",
    ({ groups, options, size }) => {
      const [x, w] = [zeros([3, 4, 8, 9]), zeros([8, 4 / groups, 3, 3])];
      const pixels = size[0] * size[1];
      const all = 2 * 3 * 8 * pixels * (4 / groups) * 9;
      const conv = (x: Tensor, w: Tensor) => conv2d(x, w, { ...options, groups });
      const [sizeX, sizeW, sizeY] = [x.size, w.size, 3 * 8 * pixels];
      expect(work(lineOf("conv2d", conv, x, w))).toEqual([flops(all), bytes(sizeX, sizeW, sizeY)]);
      const gradients = (x: Tensor, w: Tensor, grad: Tensor) => {
        const [, grads] = valueAndGrad(() => sum(conv(x, w).mul(grad)), [x, w]);
        return [grads.get(x)!, grads.get(w)!];
      };
      const grad = zeros([3, 8, ...size]);
      expect(work(lineOf("conv2dInputGrad", gradients, x, w, grad))).toEqual([flops(all), bytes(sizeX, sizeW, sizeY)]);
      expect(work(lineOf("conv2dWeightGrad", gradients, x, w, grad))).toEqual([flops(all), bytes(sizeX, sizeW, sizeY)]);
    },
  );

  test("of a program is the sum of its lines", () => {
    const compiled = compile((a: Tensor, b: Tensor) => sum(matmul(matmul(a, b), b, { transposeB: true })));
    compiled(zeros([10, 10]), zeros([10, 10]));
    expect(compiled.explain()).toContain(`Schedule: 3 steps, ${flops(2 * 2000 + 100)} a call`);
  });
});
