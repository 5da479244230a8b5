import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { pointwise, temporaryFolder } from "./pointwise.ts";
import { writeIdxFolder } from "./write-idx-folder.ts";

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
    const [first, second] = await Promise.all([run("first"), run("second")]);
    expect([first, second]).toEqual([alone, alone]);

    const out = `interrupted${flags.length}`;
    const args = ["train", ...options, ...flags, "--out", out];
    const stopped = await pointwise(args, { cwd: folder, signal: { name: "SIGINT", after: "1/4 " } });
    expect(stopped.code).toBe(130);
    expect(await hashOf(["--resume", out], out)).toBe(alone);
    expect(await run("other", "--seed", "1")).not.toBe(alone);
  },
);
