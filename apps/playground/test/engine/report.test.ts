import { expect, test } from "vitest";
import { makeBlock } from "../../src/blocks/block.ts";
import { drawPoints } from "../../src/engine/datasets/points.ts";
import { judge, scoreOf } from "../../src/engine/judge.ts";
import { bitmapUri } from "../../src/engine/report/bitmap.ts";
import { ticks } from "../../src/engine/report/line-chart.ts";
import { renderReport } from "../../src/engine/report/report.ts";
import { Session } from "../../src/engine/session.ts";
import { toHash } from "../../src/experiment/permalink.ts";
import { defaultExperiment, presetFor } from "../../src/experiment/presets.ts";
import { theDigits } from "./data.ts";
import { advance, finish } from "./drive.ts";

const none = { x: [], values: [] };
const noCurves = { loss: none, accuracy: none, heldOutLoss: none, heldOutAccuracy: none };
const count = (text: string, part: string) => text.split(part).length - 1;

test("the report of a training has all of it, and asks nobody for anything", async () => {
  const session = new Session(defaultExperiment, await theDigits());
  const { losses, score } = advance(session, 50);
  const judgement = finish(judge(session));
  const curve = { x: losses.map((_, i) => i + 1), values: losses };
  const curves = {
    loss: curve,
    accuracy: curve,
    heldOutLoss: { x: [50], values: [score!.loss] },
    heldOutAccuracy: { x: [50], values: [score!.accuracy] },
  };
  const link = `https://example.org/play/#${toHash(defaultExperiment)}`;
  const report = renderReport(session, judgement, { link, curves });

  expect(report).toContain(`<h1>${(100 * score!.accuracy).toFixed(1)}% of 1,000 held-out samples are right</h1>`);
  expect(report).toContain("After 50 of 420 steps.");
  expect(report).toContain(`href="${link.replaceAll("&", "&amp;")}"`);
  // The network: formulas, parameters, MACs.
  expect(report).toContain(
    "<code>Conv2d(1, 8, 3, { padding: 1 })</code></td><td>8×28×28</td><td>3·3·1·8 + 8</td><td>80</td><td>56,448</td>",
  );
  expect(count(report, "<code>")).toBe(10);
  // The curves: a point for each step.
  const drawn = [...report.matchAll(/<path class="batches" d="([^"]+)"/g)].map(([, d]) => d!);
  expect(drawn).toHaveLength(2);
  expect(count(drawn[0]!, "L")).toBe(49);
  // Confusion matrix and mistakes.
  const right = [...report.matchAll(/<td class="right">(\d+)<\/td>/g)].reduce((sum, [, n]) => sum + Number(n), 0);
  expect(right).toBe(Math.round(1000 * scoreOf(judgement).accuracy));
  expect(count(report, "data:image/bmp;base64,")).toBe(16);
  // Nothing is loaded, and nothing runs.
  expect(report).toContain("default-src 'none'");
  expect(report).not.toMatch(/<script|<link|@import|url\(|src="(?!data:)/);
  expect(report.length).toBeLessThan(200_000);
});

test("of points, and before any training", () => {
  const moons = { kind: "moons", noise: 0.15 } as const;
  const session = new Session(presetFor(moons, 2), drawPoints(moons));
  const report = renderReport(session, finish(judge(session)), { link: "https://example.org/", curves: noCurves });
  expect(report).toContain("It has not been trained yet.");
  expect(report).toMatch(/<p>x -?\d\S*, y -?\d\S*<\/p><b>(upper|lower)<\/b> taken for/);
  expect(report).not.toContain("NaN");
});

test("names of a visitor's own are texts, not HTML", () => {
  const data = { ...drawPoints({ kind: "moons", noise: 0 }), classes: ['<img src=x onerror="alert(1)">', "b&b"] };
  const blocks = [makeBlock("dense", { features: 2 })];
  const session = new Session({ ...presetFor({ kind: "csv" }, 2), blocks }, data);
  const report = renderReport(session, finish(judge(session)), { link: "https://example.org/", curves: noCurves });
  expect(report).not.toContain("<img src=x");
  expect(report).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
  expect(report).toContain("b&amp;b");
});

test("a bitmap has rows from below, blue first, each filled up to four bytes", () => {
  const bytes = (uri: string) => Uint8Array.from(atob(uri.split(",")[1]!), (c) => c.charCodeAt(0));
  const grey = bytes(bitmapUri(Float32Array.of(0, 1, 0.2, 0.6), 1, 2, 2));
  expect([...grey.subarray(54)]).toEqual([204, 204, 204, 102, 102, 102, 0, 0, 255, 255, 255, 0, 0, 0, 0, 0]);
  expect(new DataView(grey.buffer).getUint32(2, true)).toBe(grey.length);
  const colour = bytes(bitmapUri(Float32Array.of(1, 0.2, 0), 3, 1, 1));
  expect([...colour.subarray(54)]).toEqual([0, 51, 255, 0]);
});

test("an axis has round numbers", () => {
  expect(ticks(1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(420, 6)).toEqual([0, 100, 200, 300, 400]);
  expect(ticks(2.37, 5)).toEqual([0, 0.5, 1, 1.5, 2]);
  expect(ticks(0.007, 5)).toEqual([0, 0.002, 0.004, 0.006]);
  expect(ticks(1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
});
