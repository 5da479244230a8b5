import { describe, expect, test } from "vitest";
import { formatDuration, formatNumber } from "../src/terminal/format.ts";
import { quote } from "../src/terminal/invocation.ts";
import { nearest } from "../src/terminal/nearest.ts";
import { barLine } from "../src/terminal/progress.ts";
import { formatTable } from "../src/terminal/table.ts";
import { displayWidth, pad, truncate } from "../src/terminal/width.ts";

describe("barLine", () => {
  const state = {
    title: "epoch 1/5",
    total: 54000,
    done: 13500,
    eta: 83,
    facts: { loss: "0.5312", "images/s": "312" },
  };

  test("shows everything where there is space", () => {
    expect(barLine(state, 120)).toBe(
      "epoch 1/5 ████████░░░░░░░░░░░░░░░░░░░░░░   25 %  13,500/54,000  ETA 1:23 min  loss 0.5312  312 images/s",
    );
  });

  test("never is wider than the terminal, and gives up facts, then the bar, then numbers", () => {
    for (let width = 10; width <= 130; width++) expect(displayWidth(barLine(state, width))).toBeLessThanOrEqual(width);
    expect(barLine(state, 75)).toMatch(/█.*loss 0\.5312$/);
    expect(barLine(state, 60)).toMatch(/█.*ETA 1:23 min$/);
    expect(barLine(state, 48)).toBe("epoch 1/5   25 %  13,500/54,000  ETA 1:23 min");
    expect(barLine(state, 20)).toBe("epoch 1/5   25 %");
  });

  test("shows no time before the first step, nor after the last", () => {
    expect(barLine({ ...state, done: 0, eta: 0 }, 120)).not.toContain("ETA");
    expect(barLine({ ...state, done: 54000, eta: 0 }, 120)).toMatch(/█{30} {2}100 % {2}54,000\/54,000 {2}loss/);
  });
});

test("a table aligns its columns, with wide characters too", () => {
  const table = formatTable(
    [{ title: "class" }, { title: "samples", align: "right" }],
    [
      ["猫", "12"],
      ["T-shirt/top", "1,000"],
    ],
  );
  expect(table.split("\n")).toEqual([
    "class        samples",
    "───────────  ───────",
    "猫                12",
    "T-shirt/top    1,000",
  ]);
});

test("the width of a text is what a terminal shows", () => {
  expect(displayWidth("\u001b[31mred\u001b[39m")).toBe(3);
  expect(displayWidth("e\u0301")).toBe(1);
  expect(displayWidth("数字👍")).toBe(6);
  expect(pad("数", 4, "right")).toBe("  数");
  expect(truncate("数字数字", 6)).toBe("数字…");
  expect(truncate("short", 5)).toBe("short");
});

test("the nearest name is found, and none where nothing is near", () => {
  expect(nearest("lente", ["mlp", "lenet", "nin"])).toBe("lenet");
  expect(nearest("MLP", ["mlp", "lenet", "nin"])).toBe("mlp");
  expect(nearest("transformer", ["mlp", "lenet", "nin"])).toBeUndefined();
});

test("numbers and durations are short", () => {
  expect([0.53121, 123.456, 1e-5, 0, Number.NaN, 1e9].map(formatNumber)).toEqual([
    "0.5312",
    "123.5",
    "1.00e-5",
    "0",
    "NaN",
    "1.00e9",
  ]);
  expect([0.123, 9.96, 59.6, 83, 3723, Number.POSITIVE_INFINITY].map(formatDuration)).toEqual([
    "0.12 s",
    "10 s",
    "1:00 min",
    "1:23 min",
    "1:02:03 h",
    "?",
  ]);
});

test("paths are quoted for a shell", () => {
  expect(quote("runs/lenet-mnist")).toBe("runs/lenet-mnist");
  expect(quote("my runs/it's")).toBe(String.raw`'my runs/it'\''s'`);
});
