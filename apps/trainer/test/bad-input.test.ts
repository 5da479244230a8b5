import { cpSync, existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Finished, pointwise, pointwiseHere, temporaryFolder } from "./pointwise.ts";
import { writeIdxFolder } from "./write-idx-folder.ts";

const folder = temporaryFolder();
const run = (...args: string[]): Promise<Finished> => pointwiseHere(args, folder);

/** On one screen, without a stack, on standard error only. */
function expectExplained({ stderr }: Finished, ...parts: (string | RegExp)[]): void {
  expect(stderr).toMatch(/^error: /);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(12);
  for (const part of parts) expect(stderr).toMatch(part);
}

describe("a wrong command line ends with code 2", () => {
  test.each<[name: string, args: string[], ...said: (string | RegExp)[]]>([
    ["unknown command", ["trian"], "unknown command 'trian'", "Did you mean train?"],
    ["unknown flag", ["train", "--epoch", "3"], "unknown option '--epoch'", "Did you mean --epochs?", /train --help/],
    ["unknown model", ["train", "--model", "lente"], "Did you mean lenet?", "mlp, lenet, nin"],
    ["unknown data set", ["train", "--dataset", "imagenet"], "imagenet", "Choose one of mnist"],
    ["unknown optimizer", ["train", "--optimizer", "adagrad"], "Choose one of sgd, adam"],
    ["unknown schedule", ["train", "--schedule", "cosinus"], "Did you mean cosine?"],
    ["epochs that are no number", ["train", "--epochs", "abc"], "'abc' is invalid", "whole number from 1 on"],
    ["a part of an epoch", ["train", "--epochs", "1.5"], "whole number from 1 on"],
    ["an empty batch", ["train", "--batch-size", "0"], "whole number from 1 on"],
    ["a negative learning rate", ["train", "--lr", "-0.1"], "'-0.1' is invalid", "greater than 0"],
    ["an infinite learning rate", ["train", "--lr", "Infinity"], "greater than 0"],
    ["a negative weight decay", ["train", "--weight-decay", "-1"], "from 0 on"],
    ["momentum of 1", ["train", "--optimizer", "sgd", "--momentum", "1"], "less than 1"],
    ["momentum for adam", ["train", "--momentum", "0.9"], "--momentum is for sgd and rmsprop"],
    ["a negative bound of the norm", ["train", "--clip-norm", "0"], "greater than 0"],
    ["a seed that is no number", ["train", "--seed", ""], "whole number from 0 on"],
    [
      "other options beside --resume",
      ["train", "--resume", "x", "--lr", "1", "--augment"],
      "--lr and --augment cannot be given",
    ],
    ["--eager beside --resume", ["train", "--resume", "x", "--eager"], "--eager cannot be given"],
    ["evaluate without a run", ["evaluate"], "required option '--run <folder>' not specified"],
    ["predict without a picture", ["predict", "--run", "x"], "missing required argument 'image'"],
    ["a shape that is none", ["summary", "--input", "1,28"], "channels,height,width"],
    ["an input and a data set", ["summary", "--input", "1,28,28", "--dataset", "mnist"], "cannot be used with"],
    ["classes of a data set", ["summary", "--classes", "3"], "--classes belongs to --input"],
  ])("%s", async (_, args, ...said) => {
    const finished = await run(...args);
    expectExplained(finished, ...said);
    expect(finished).toMatchObject({ code: 2, stdout: "" });
    expect(existsSync(join(folder, "runs"))).toBe(false);
  });
});

describe("what does not fit or is missing ends with code 1", () => {
  const spiral = ["train", "--model", "mlp", "--dataset", "spiral", "--epochs", "1"];

  beforeAll(async () => {
    writeFileSync(join(folder, "file"), "not a folder");
    const pictures = (label: number) => Array.from({ length: 100 }, () => ({ pixels: Array(16).fill(128), label }));
    writeIdxFolder(join(folder, "truncated"), pictures(3));
    truncateSync(join(folder, "truncated/train-images-idx3-ubyte"), 1000);
    writeIdxFolder(join(folder, "mislabelled"), pictures(12));
    writeFileSync(join(folder, "ragged.csv"), "x,y,label\n1,2,a\n3,b\n");
    writeFileSync(join(folder, "text.csv"), "x,y,label\n1,2,a\n3,four,b\n");
    writeFileSync(join(folder, "one-class.csv"), `x,y,label\n${"1,2,a\n".repeat(10)}`);
    writeFileSync(join(folder, "not.png"), "GIF89a, in truth");
    expect(await run(...spiral, "--out", "done")).toMatchObject({ code: 0 });
    cpSync(join(folder, "done"), join(folder, "damaged"), { recursive: true });
    truncateSync(join(folder, "damaged/best.safetensors"), 100);
    truncateSync(join(folder, "damaged/last.safetensors"), 100);
    cpSync(join(folder, "done"), join(folder, "edited"), { recursive: true });
    writeFileSync(join(folder, "edited/config.json"), '{ "model": "lente" }');
    mkdirSync(join(folder, "full"));
    writeFileSync(join(folder, "full/something"), "");
  });

  test.each<[name: string, args: string[], ...said: (string | RegExp)[]]>([
    [
      "a model that cannot read the data",
      ["train", "--model", "lenet", "--dataset", "spiral"],
      "lenet reads pictures",
      "shape [2]",
      "mlp",
    ],
    [
      "a missing folder",
      ["train", "--dataset", "fashion-mnist", "--data-dir", "nowhere"],
      "no folder",
      "nowhere",
      "--data-dir",
    ],
    [
      "a truncated IDX file",
      ["train", "--dataset", "fashion-mnist", "--data-dir", "truncated"],
      "train-images-idx3-ubyte",
      /truncated|cut/,
    ],
    [
      "a label out of range",
      ["train", "--dataset", "fashion-mnist", "--data-dir", "mislabelled"],
      "train-labels-idx1-ubyte",
      "12",
    ],
    ["a CSV file with a short line", [...csv("ragged.csv")], "ragged.csv", /line 3/],
    ["a CSV file with a word for a number", [...csv("text.csv")], "text.csv", /line 3/, "four"],
    ["a CSV file of one class", [...csv("one-class.csv")], "one-class.csv", "two classes"],
    ["a CSV file that is not there", [...csv("nowhere.csv")], "nowhere.csv", "--data-dir"],
    [
      "a folder below a file",
      [...spiral, "--out", "file/run"],
      "Cannot make the folder file/run",
      "is a file",
      "--out",
    ],
    ["a file for a folder", [...spiral, "--out", "file"], "Cannot write to file", "--out"],
    ["a run that is there already", [...spiral, "--out", "done"], "not overwritten", "--resume done"],
    ["a folder with other things", [...spiral, "--out", "full"], "full is not empty"],
    ["shifts of what is no picture", [...spiral, "--augment"], "--augment shifts and mirrors pictures"],
    ["resuming what is finished", ["train", "--resume", "done"], "has done its 1 epochs", "--epochs"],
    ["resuming nothing", ["train", "--resume", "nowhere"], "no folder nowhere"],
    [
      "resuming from a damaged file",
      ["train", "--resume", "damaged", "--epochs", "2"],
      "damaged/last.safetensors",
      "cut off",
    ],
    ["evaluating nothing", ["evaluate", "--run", "full"], "no run in full"],
    ["evaluating damaged weights", ["evaluate", "--run", "damaged"], "damaged/best.safetensors", "cut off"],
    ["an edited configuration", ["evaluate", "--run", "edited"], "edited/config.json", '"model" cannot be "lente"'],
    ["a picture for a model of points", ["predict", "not.png", "--run", "done"], /picture/],
  ])("%s", async (_, args, ...said) => {
    const finished = await run(...args);
    expectExplained(finished, ...said);
    expect(finished).toMatchObject({ code: 1, stdout: "" });
    expect(existsSync(join(folder, "runs"))).toBe(false);
  });

  test.each([
    { args: ["trian"], code: 2 },
    { args: ["train", "--epoch", "3"], code: 2 },
    { args: ["evaluate", "--run", "damaged"], code: 1 },
  ])("a process of its own ends so too: $args", async ({ args, code }) => {
    const finished = await pointwise(args, { cwd: folder });
    expectExplained(finished);
    expect(finished).toMatchObject({ code, stdout: "" });
    expect(finished).toEqual(await run(...args));
  });

  test("a loss that becomes NaN stops the training, and says what is saved", async () => {
    const args = [...spiral, "--lr", "1e30", "--optimizer", "sgd", "--out", "diverged"];
    const finished = await pointwise(args, { cwd: folder });
    expect(finished.code).toBe(1);
    expectExplained(
      finished,
      /The loss of batch \d+ of 13 in epoch 1 is (NaN|Infinity|-Infinity)/,
      "learning rate 1e+30",
      /In the forward pass, layer \d, Linear\(.*\), was the first to give a number that is none: its matmul made/,
      "--lr 0.01",
      "--clip-norm 1",
      "diverged/before-divergence.safetensors",
    );
    expect(readdirSync(join(folder, "diverged")).sort()).toEqual(["before-divergence.safetensors", "config.json"]);
    const resumed = await run("train", "--resume", "diverged");
    expectExplained(resumed, "The loss of batch"); // nothing was saved, so it begins again
  });

  test("DEBUG=1 shows where the error was thrown", async () => {
    const finished = await pointwise(["evaluate", "--run", "nowhere"], { cwd: folder, env: { DEBUG: "1" } });
    expect(finished.code).toBe(1);
    expect(finished.stderr).toMatch(/^\s+at /m);
  });
});

function csv(file: string): string[] {
  return ["train", "--model", "mlp", "--dataset", "csv", "--data-dir", file];
}
