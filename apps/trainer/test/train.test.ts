import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSafetensors } from "@pointwise/formats";
import { beforeAll, describe, expect, test } from "vitest";
import { pointwise, pointwiseHere, temporaryFolder } from "./pointwise.ts";
import { resultHashes } from "./result-hashes.ts";

const folder = temporaryFolder();
const spiral = ["--model", "mlp", "--dataset", "spiral", "--lr", "0.01", "--patience", "0"];

const metricsOf = (run: string): Record<string, unknown>[] =>
  readFileSync(join(folder, run, "metrics.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("train learns the spiral, writes its run, and evaluate finds the same accuracy", async () => {
  const trained = await pointwise(["train", ...spiral, "--epochs", "40", "--out", "runs/a"], { cwd: folder });
  expect(trained).toMatchObject({ code: 0, stderr: "" });
  expect(trained.stdout).not.toContain("\u001b"); // neither colours nor a bar in a pipe
  expect(readdirSync(join(folder, "runs/a")).sort()).toEqual([
    "best.safetensors",
    "config.json",
    "last.previous.safetensors",
    "last.safetensors",
    "metrics.jsonl",
  ]);
  const metrics = metricsOf("runs/a");
  expect(metrics.map(({ event }) => event)).toEqual([...Array(40).fill("epoch"), "test"]);
  const { testAccuracy } = metrics.at(-1)!;
  expect(testAccuracy).toBeGreaterThan(0.9);
  const percent = `accuracy ${(100 * Number(testAccuracy)).toFixed(1)} %`;
  expect(trained.stdout).toContain(`Test: ${percent}`);

  const evaluated = await pointwise(["evaluate", "--run", join(folder, "runs/a")]); // from another folder
  expect(evaluated).toMatchObject({ code: 0, stderr: "" });
  expect(evaluated.stdout).toContain(percent);
  const rows = evaluated.stdout.split("\n").filter((line) => /^\d arm/.test(line));
  const counts = rows.map((row) =>
    row
      .replace(/^\d arm \d/, "")
      .trim()
      .split(/\s+/)
      .map((n) => (n === "·" ? 0 : Number(n))),
  );
  expect(counts.flat().reduce((a, b) => a + b)).toBe(300);
  expect((counts[0]![0]! + counts[1]![1]! + counts[2]![2]!) / 300).toBeCloseTo(Number(testAccuracy), 10);
});

test("the best weights are those of the epoch with the lowest validation loss", async () => {
  const args = ["train", ...spiral, "--optimizer", "sgd", "--lr", "0.5", "--epochs", "12", "--out", "runs/best"];
  expect(await pointwiseHere(args, folder)).toMatchObject({ code: 0 });
  const epochs = metricsOf("runs/best").filter(({ event }) => event === "epoch");
  const losses = epochs.map(({ validationLoss }) => Number(validationLoss));
  const best = losses.indexOf(Math.min(...losses)) + 1;
  const { metadata } = decodeSafetensors(readFileSync(join(folder, "runs/best/best.safetensors")), "best");
  expect(metadata.epoch).toBe(String(best));
  expect(metricsOf("runs/best").at(-1)).toMatchObject({ event: "test", epoch: best });
});

describe("a run that goes on after an interruption equals one that was never interrupted", () => {
  const options = [...spiral, "--schedule", "cosine", "--batch-size", "16", "--epochs", "40"];
  const run = (out: string) => ["train", ...options, "--out", out];
  const whole = "runs/whole";

  beforeAll(async () => {
    expect(await pointwise(run(whole), { cwd: folder })).toMatchObject({ code: 0 });
  });

  test.each(["SIGINT", "SIGTERM"] as const)("%s", async (name) => {
    const part = `runs/part-${name}`;
    const stopped = await pointwise(run(part), { cwd: folder, signal: { name, after: " 2/40 " } });
    expect(stopped.code).toBe(name === "SIGINT" ? 130 : 143);
    expect(stopped.stdout).toMatch(/Stopped (in|after) epoch \d+.*, and saved to/);
    expect(stopped.stdout).toContain(`train --resume ${part}`);
    expect(existsSync(join(folder, part, "last.safetensors"))).toBe(true);

    const resumed = await pointwise(["train", "--resume", part], { cwd: folder });
    expect(resumed.code).toBe(0);
    expect(resumed.stdout).toMatch(/Going on in epoch \d+/);
    expect(resultHashes(join(folder, part))).toEqual(resultHashes(join(folder, whole)));
  });
});

test("--eager runs op by op: nearly the same numbers, and a resumed run goes on so", async () => {
  const run = (out: string, ...rest: string[]) => ["train", ...spiral, "--epochs", "3", "--out", out, ...rest];
  expect(await pointwiseHere(run("runs/compiled"), folder)).toMatchObject({ code: 0, stderr: "" });
  const eager = await pointwiseHere(run("runs/eager", "--eager"), folder);
  expect(eager).toMatchObject({ code: 0, stderr: "" });
  expect(eager.stdout).toContain("seed 0, op by op; into runs/eager");
  const losses = (name: string) => metricsOf(name).map(({ trainLoss, testLoss }) => Number(trainLoss ?? testLoss));
  expect(losses("runs/compiled")).toEqual(losses("runs/eager").map((loss) => expect.closeTo(loss, 4)));

  const resumed = await pointwiseHere(["train", "--resume", "runs/eager", "--epochs", "4"], folder);
  expect(resumed).toMatchObject({ code: 0, stderr: "" });
  expect(resumed.stdout).toContain("op by op");
  const evaluate = ["evaluate", "--run", "runs/compiled"];
  const evaluated = await pointwiseHere(evaluate, folder);
  expect(evaluated.stdout).toContain("300 test samples");
  expect((await pointwiseHere([...evaluate, "--eager"], folder)).stdout).toBe(evaluated.stdout);
});

test("early stopping ends the run, and more patience takes it up again", async () => {
  // A learning rate of almost nothing: the loss cannot become lower by more than rounding lets it.
  const args = [
    "train",
    "--model",
    "mlp",
    "--dataset",
    "spiral",
    "--lr",
    "1e-30",
    "--patience",
    "2",
    "--epochs",
    "9",
    "--out",
    "runs/early",
  ];
  const stopped = await pointwiseHere(args, folder);
  expect(stopped).toMatchObject({ code: 0 });
  expect(stopped.stdout).toContain("Stopped early: the validation loss has not become lower for 2 epochs.");
  expect(metricsOf("runs/early").filter(({ event }) => event === "epoch")).toHaveLength(3);

  const again = await pointwiseHere(["train", "--resume", "runs/early"], folder);
  expect(again).toMatchObject({ code: 1 });
  expect(again.stderr).toContain("Give it more --patience");
  const more = await pointwiseHere(["train", "--resume", "runs/early", "--patience", "4"], folder);
  expect(more).toMatchObject({ code: 0 });
  expect(metricsOf("runs/early").filter(({ event }) => event === "epoch")).toHaveLength(5);
});

test("every optimizer, schedule and option trains", async () => {
  const variants = [
    ["--optimizer", "sgd", "--momentum", "0.5", "--schedule", "step"],
    ["--optimizer", "adamw", "--weight-decay", "0.1", "--schedule", "one-cycle"],
    ["--optimizer", "rmsprop", "--momentum", "0.1", "--schedule", "plateau", "--clip-norm", "1"],
  ];
  for (const [i, variant] of variants.entries()) {
    const args = ["train", "--model", "mlp", "--dataset", "spiral", "--epochs", "3", "--out", `runs/v${i}`, ...variant];
    expect(await pointwiseHere(args, folder)).toMatchObject({ code: 0, stderr: "" });
    const [first, , third] = metricsOf(`runs/v${i}`);
    expect(Number(third!.trainLoss)).toBeLessThan(Number(first!.trainLoss));
  }
});

test("without --out, a free folder under runs is taken", async () => {
  const args = ["train", "--model", "mlp", "--dataset", "spiral", "--epochs", "1"];
  const cwd = temporaryFolder();
  for (let i = 0; i < 2; i++) expect(await pointwiseHere(args, cwd)).toMatchObject({ code: 0 });
  expect(readdirSync(join(cwd, "runs")).sort()).toEqual(["mlp-spiral", "mlp-spiral-2"]);
});
