import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { pointwise, temporaryFolder } from "./pointwise.ts";
import { multiply } from "./soak/multiply.ts";
import { type Outcome, train, trainings } from "./soak/training.ts";
import { writeIdxFolder } from "./write-idx-folder.ts";

const execute = promisify(execFile);
const folder = temporaryFolder();

beforeAll(() => {
  const pictures = Array.from({ length: 60 }, (_, i) => ({
    pixels: Array.from({ length: 64 }, (_, p) => (i * p * 31 + p * p) % 256),
    label: i % 10,
  }));
  writeIdxFolder(join(folder, "pictures"), pictures);
});

const options = [
  ...["--model", "nin", "--dataset", "mnist", "--data-dir", "pictures", "--augment", "--clip-norm", "1"],
  ...["--schedule", "one-cycle", "--batch-size", "8", "--epochs", "4"],
];

/** The hash that training ends with. */
async function hashOf(args: readonly string[], out: string): Promise<string> {
  const finished = await pointwise(["train", ...args], { cwd: folder });
  expect(finished).toMatchObject({ code: 0, stderr: "" });
  const printed = /^Final weights: sha256 ([\da-f]{16}),/m.exec(finished.stdout)?.[1];
  const lines = readFileSync(join(folder, out, "metrics.jsonl"), "utf8")
    .trim()
    .split("\n");
  const { finalWeights } = JSON.parse(lines.at(-1)!);
  expect(finalWeights).toMatch(/^[\da-f]{64}$/);
  expect(finalWeights.slice(0, 16)).toBe(printed);
  return finalWeights;
}

test.each([
  { mode: "compiled", flags: [] },
  { mode: "op by op", flags: ["--eager"] },
])(
  "equal runs have equal weights in separate processes, alone, beside others and resumed ($mode)",
  async ({ flags }) => {
    const run = (name: string, ...more: string[]) => {
      const out = `${name}${flags.length}`;
      return hashOf([...options, ...flags, ...more, "--out", out], out);
    };
    const alone = await run("alone");
    const [beside, other] = await Promise.all([run("beside"), run("other", "--seed", "1")]);
    expect(beside).toBe(alone);
    expect(other).not.toBe(alone);

    const out = `interrupted${flags.length}`;
    const args = ["train", ...options, ...flags, "--out", out];
    const stopped = await pointwise(args, { cwd: folder, signal: { name: "SIGINT", after: "1/4 " } });
    expect(stopped.code).toBe(130);
    expect(await hashOf(["--resume", out], out)).toBe(alone);
  },
);

test("a training gives the same bits in a process of its own, and in turns with others and with large tensors", async () => {
  const alone = join(folder, "alone.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("soak/alone.ts", import.meta.url))],
    outfile: alone,
    ...({
      bundle: true,
      platform: "node",
      format: "esm",
      conditions: ["@pointwise/source"],
      logLevel: "error",
    } as const),
  });
  const known = trainings(1);
  const running = [...known, ...trainings(2)].map((config, i) => ({
    config,
    steps: train(config, join(folder, `training-${i}`)),
  }));
  const outcomes = new Map<object, Outcome>();
  for (let turn = 0; running.length > outcomes.size; turn++) {
    // Products that eager mode takes the compiled kernels for, as it does for some convolutions of lenet's and nin's.
    if (turn % 8 === 0) multiply(turn);
    const { config, steps } = running[turn % running.length]!;
    const { done, value } = steps.next();
    if (done && value) outcomes.set(config, value);
  }
  const compared = known.filter(({ model }) => ["lenet", "nin", "resnet"].includes(model));
  await Promise.all(
    compared.map(async (config, i) => {
      const args = [alone, config.model, config.eager ? "eager" : "compiled", join(folder, `alone-${i}`)];
      const { stdout } = await execute(process.execPath, args);
      expect(outcomes.get(config), `${args[1]}, ${args[2]}`).toEqual(JSON.parse(stdout));
    }),
  );
  const hashes = [...outcomes.values()].map(({ weights }) => weights);
  expect(new Set(hashes).size, "other seeds and modes have other weights").toBeGreaterThan(trainings(1).length);
});
