import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { beforeAll, expect, test } from "vitest";
import { pointwise, pointwiseHere, temporaryFolder } from "./pointwise.ts";
import { writeIdxFolder } from "./write-idx-folder.ts";

const folder = temporaryFolder();

/** Class c has a bright pixel at place c of 4×4. */
const pixelsOf = (c: number) => Array.from({ length: 16 }, (_, i) => (i === c ? 255 : 0));

const writePng = (name: string, pixels: readonly number[]) => {
  const png = new PNG({ width: 4, height: 4 });
  png.data.set(pixels.flatMap((p) => [p, p, p, 255]));
  writeFileSync(join(folder, name), PNG.sync.write(png));
};

const training = Array.from({ length: 200 }, (_, i) => ({ pixels: pixelsOf(i % 10), label: i % 10 }));

beforeAll(async () => {
  writeIdxFolder(join(folder, "data"), training);
  const args = [
    "train",
    "--model",
    "mlp",
    "--dataset",
    "fashion-mnist",
    "--data-dir",
    "data",
    "--epochs",
    "20",
    "--lr",
    "0.01",
  ];
  expect(await pointwiseHere([...args, "--out", "run"], folder)).toMatchObject({ code: 0, stderr: "" });
});

test("predict names the class of a picture, with probabilities that fall", async () => {
  writePng("trouser.png", pixelsOf(1));
  const finished = await pointwise(["predict", "trouser.png", "--run", "run"], { cwd: folder });
  expect(finished).toMatchObject({ code: 0, stderr: "" });
  const lines = finished.stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^Trouser +(9\d\.\d|100\.0) % {2}█{27,30}$/);
  const percentages = lines.map((line) => Number(/([\d.]+) %/.exec(line)![1]));
  expect(percentages).toEqual([...percentages].sort((a, b) => b - a));
  expect(percentages.reduce((a, b) => a + b)).toBeLessThanOrEqual(100.3); // rounded
  const eager = await pointwiseHere(["predict", "trouser.png", "--run", "run", "--eager"], folder);
  expect(eager).toEqual(finished);
});

test("--invert swaps dark and light, and --top says how many classes", async () => {
  writePng(
    "dark-bag.png",
    pixelsOf(8).map((p) => 255 - p),
  );
  const args = ["predict", "dark-bag.png", "--run", "run", "--top", "1"];
  const inverted = await pointwiseHere([...args, "--invert"], folder);
  expect(inverted.stdout).toMatch(/^Bag +(9\d\.\d|100\.0) %.*\n$/);
  const asIs = await pointwiseHere(args, folder);
  expect(asIs).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S.* %.*\n$/) });
  expect(asIs.stdout).not.toBe(inverted.stdout);
});

test("evaluate with --data-dir reads the data where it is now", async () => {
  const elsewhere = temporaryFolder();
  const held = [0, 1, 2, 3].map((label) => ({ pixels: pixelsOf(label === 3 ? 0 : label), label }));
  writeIdxFolder(join(elsewhere, "moved"), training, held);
  const args = ["evaluate", "--run", join(folder, "run"), "--data-dir"];
  const finished = await pointwiseHere([...args, "moved"], elsewhere);
  expect(finished).toMatchObject({ code: 0, stderr: "" });
  expect(finished.stdout).toContain("accuracy 75.0 %");
  expect(finished.stdout).toMatch(/^Dress +– +0\.0 % +0\.000 +1$/m); // never predicted, once there

  const brighter = held.map(({ label }) => ({ pixels: pixelsOf(label).with(15, 255), label }));
  writeIdxFolder(join(elsewhere, "other"), brighter);
  const refused = await pointwiseHere([...args, "other"], elsewhere);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(
    /^error: This is not the data that the run was trained on.* mean was \[.*\], and is now/,
  );
});
