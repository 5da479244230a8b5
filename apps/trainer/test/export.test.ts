import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors } from "@pointwise/formats";
import { argmax, cast, concat, eq, fromData, Rng, softmax, sum, type Tensor } from "@pointwise/tensor";
import { PNG } from "pngjs";
import { beforeAll, expect, test } from "vitest";
import { loadDataset } from "../src/datasets/index.ts";
import { readImage } from "../src/datasets/read-image.ts";
import { readTwin } from "../src/lab/twin-files.ts";
import { createModel } from "../src/models/index.ts";
import { formatPercent } from "../src/terminal/format.ts";
import { loadTrainedModel } from "../src/training/load-model.ts";
import { pointwiseHere, temporaryFolder } from "./pointwise.ts";
import { largestDifference, probabilitiesByOnnx } from "./run-onnx.ts";
import { writeIdxFolder } from "./write-idx-folder.ts";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
const run = (...args: string[]) => pointwiseHere(args, folder);

const rng = new Rng(1);
/** 4×4 pixels of noise, with a bright one at the place of the class. */
const drawPixels = (c: number) =>
  Array.from(rng.uniform([16], { high: 120 }).data, (p, i) => (i === c ? 255 : Math.floor(p)));
const pictures = [3, 8, 5].map((c) => ({ name: `${c}.png`, pixels: drawPixels(c) }));

beforeAll(async () => {
  writeIdxFolder(
    at("data"),
    Array.from({ length: 200 }, (_, i) => ({ pixels: drawPixels(i % 10), label: i % 10 })),
  );
  for (const { name, pixels } of pictures) {
    const png = new PNG({ width: 4, height: 4 });
    png.data.set(pixels.flatMap((p) => [p, p, p, 255]));
    writeFileSync(at(name), PNG.sync.write(png));
  }
  const options = ["--model", "resnet", "--dataset", "fashion-mnist", "--data-dir", "data", "--epochs", "4"];
  expect(await run("train", ...options, "--lr", "0.02", "--out", "run")).toMatchObject({ code: 0, stderr: "" });
});

test("ONNX Runtime gives the probabilities of predict, for inputs made as the printed text says", async () => {
  const exported = await run("export", "run", "--onnx", "model.onnx", "--safetensors", "weights.safetensors");
  expect(exported).toMatchObject({ code: 0, stderr: "" });
  const bytes = readFileSync(at("model.onnx"));
  expect(exported.stdout).toContain(`model.onnx  ${bytes.length.toLocaleString("en-US")} bytes`);
  expect(exported.stdout).toContain("input: float32 [batch, 1, 4, 4]: pictures as [batch, channels, height, width]");
  const [text] = exported.stdout.split("\n\n");
  expect(bytes.includes(text!), "the text is in the file too").toBe(true);

  const [, mean, std] = /mean \[([\d.]+)\] and std \[([\d.]+)\]$/m.exec(exported.stdout)!.map(Number);
  const values = pictures.flatMap(({ pixels }) => pixels.map((p) => (p / 255 - mean!) / std!));
  const x = fromData(Float32Array.from(values), [pictures.length, 1, 4, 4], "float32");
  const found = await probabilitiesByOnnx(at("model.onnx"), x);

  const { model, config } = loadTrainedModel(at("run"));
  expect([mean, std].map((x) => Math.fround(x!))).toEqual([...config.data.mean, ...config.data.std].map(Math.fround));
  expect(String(mean).length + String(std).length, "no digits that a float32 has not").toBeLessThan(
    2 * "0.123456789".length,
  );
  const predicted = pictures.map(({ name }) => softmax(model.forward(readImage(at(name), config.data)), 1));
  expect(largestDifference(found, concat(predicted, 0))).toBeLessThan(1e-5);
  for (const [i, { name }] of pictures.entries()) {
    const { stdout } = await run("predict", name, "--run", "run", "--top", "10");
    const percents = config.data.classes.map((c) => Number(new RegExp(`^${c} +([\\d.]+) %`, "m").exec(stdout)![1]));
    for (const [c, percent] of percents.entries()) {
      expect(Math.abs(100 * found.data[10 * i + c]! - percent)).toBeLessThan(0.0511); // printed with one digit
    }
  }
});

test("the safetensors file has the model's weights and nothing else, and loads", async () => {
  expect(await run("export", "run", "--safetensors", "alone.safetensors")).toMatchObject({ code: 0, stderr: "" });
  const { tensors, metadata } = readSafetensors("alone.safetensors");
  const { model } = loadTrainedModel(at("run"));
  expect(tensors).toEqual(model.stateDict());
  expect([...tensors.keys()]).toEqual(expect.arrayContaining(["0.weight", "1.running_mean", "1.running_var"]));
  expect(metadata).toEqual({
    format: "pt",
    description: expect.stringContaining("resnet on fashion-mnist, weights of"),
  });
  const other = createModel("resnet", { inputShape: [1, 4, 4], classes: 10, rng: new Rng(99) });
  other.loadStateDict(tensors);
  const x = rng.uniform([2, 1, 4, 4]);
  expect(other.eval().forward(x).data).toEqual(model.forward(x).data);
});

test("a checkpoint in the run's folder is exported without the state of training", async () => {
  const last = join("run", "last.safetensors");
  expect(await run("export", last, "--safetensors", "last.safetensors")).toMatchObject({ code: 0, stderr: "" });
  const whole = readSafetensors("run", "last.safetensors").tensors;
  const { tensors } = readSafetensors("last.safetensors");
  expect([...tensors.keys()].sort()).toEqual([...loadTrainedModel(at("run")).model.stateDict().keys()].sort());
  for (const [name, x] of tensors) expect(x, name).toEqual(whole.get(`model.${name}`));
});

test("twins that lab has trained give the same predictions of the held-out digits in ONNX Runtime", async () => {
  const lab = await run("lab", "--epochs", "1");
  expect(lab).toMatchObject({ code: 0, stderr: "" });
  const { test: heldOut } = await loadDataset("mnist", { seed: 0 });
  const [x, y] = heldOut.batch(Array.from({ length: heldOut.length }, (_, i) => i));
  for (const [name, head] of Object.entries({ dense: "dense", pointwise: "1×1" })) {
    const twin = `report.${name}.safetensors`;
    const exported = await run("export", twin, "--onnx", `${name}.onnx`);
    expect(exported).toMatchObject({ code: 0, stderr: "" });
    expect(exported.stdout).toContain(`lab's twin with the ${head} head`);
    const found = await probabilitiesByOnnx(at(`${name}.onnx`), x);
    const { model } = readTwin(readSafetensors(twin), twin);
    expect(largestDifference(found, softmax(model.forward(x), 1))).toBeLessThan(1e-5);
    const right = sum(cast(eq(argmax(found, 1), y), "float32")).item();
    expect(lab.stdout).toMatch(new RegExp(`accuracy.*${formatPercent(right / heldOut.length)}`));
  }
});

test("what cannot be exported is explained", async () => {
  const neither = await run("export", "run");
  expect(neither).toMatchObject({ code: 2, stdout: "" });
  expect(neither.stderr).toContain("Say what to write: --onnx model.onnx, --safetensors model.safetensors, or both.");

  const refused = async (path: string) => {
    const finished = await run("export", path, "--onnx", "refused.onnx");
    expect(finished).toMatchObject({ code: 1, stdout: "" });
    expect(existsSync(at("refused.onnx"))).toBe(false);
    return finished.stderr;
  };
  mkdirSync(at("empty"));
  const write = (name: string, metadata: Record<string, string>, tensors = new Map<string, Tensor>()) =>
    writeFileSync(at("empty", name), encodeSafetensors({ tensors, metadata }));
  write("foreign.safetensors", {});
  write("twin.safetensors", { twin: "third", data: "{}" });
  writeFileSync(at("empty", "text.safetensors"), "not a safetensors file");
  expect(await refused("none")).toContain("There is no none. Name a folder that `train --out` has written");
  expect(await refused("empty")).toContain("There is no run in empty: it has no config.json");
  expect(await refused("empty/foreign.safetensors")).toContain("There is no run in empty");
  expect(await refused("empty/twin.safetensors")).toContain("does not say which twin it holds");
  expect(await refused("empty/text.safetensors")).toContain("Cannot read empty/text.safetensors as safetensors");
});

test("nothing is written over the run, nor a part of what was asked for", async () => {
  const best = readFileSync(at("run", "best.safetensors"));
  const over = await run("export", "run", "--onnx", "first.onnx", "--safetensors", "run/best.safetensors");
  expect(over).toMatchObject({ code: 1, stdout: "" });
  expect(over.stderr).toContain("--safetensors run/best.safetensors is the place of a file of the run");
  expect(readFileSync(at("run", "best.safetensors"))).toEqual(best);
  const twice = await run("export", "run", "--onnx", "first.onnx", "--safetensors", "./first.onnx");
  expect(twice.stderr).toContain("or of the other export");
  const nowhere = await run("export", "run", "--onnx", "first.onnx", "--safetensors", "nowhere/model.safetensors");
  expect(nowhere.stderr).toContain("it does not exist. Choose another place with --safetensors");
  expect(existsSync(at("first.onnx"))).toBe(false);
});

const readSafetensors = (...names: string[]) => decodeSafetensors(readFileSync(at(...names)), names.join("/"));
