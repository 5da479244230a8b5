import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "@pointwise/tensor";
import { afterAll, expect, test } from "vitest";
import { fit } from "../src/training/fit.ts";
import { type PreparedRun, resumeRun, startRun } from "../src/training/prepare-run.ts";
import { disk, useSmallDisk } from "./files/small-disk.ts";
import { resultHashes } from "./result-hashes.ts";

useSmallDisk();

const folder = mkdtempSync(join(tmpdir(), "pointwise-"));
afterAll(() => rmSync(folder, { recursive: true }));

const start = (name: string) =>
  startRun({
    ...{ model: "mlp", dataset: "spiral", optimizer: "adam", schedule: "cosine", seed: 1, eager: true },
    ...{ epochs: 2, batchSize: 300, patience: 0, checkpointEvery: 0, out: join(folder, name) },
  });

async function finish(prepared: PreparedRun): Promise<void> {
  try {
    await fit({ ...prepared, checkpointEvery: 0, interrupt: { signal: undefined }, onEpoch() {} });
  } finally {
    prepared.run.close();
  }
}

test("wherever the disk is full, the run says so, and goes on to the same bytes when there is room", async () => {
  await finish(await start("whole"));
  const checkpoint = readFileSync(join(folder, "whole/last.safetensors")).length;
  const messages = new Set<string>();
  for (let free = 0; free < 12 * checkpoint; free += Math.ceil(0.37 * checkpoint)) {
    const prepared = await start(`after ${free}`);
    disk.free = free;
    const error = await finish(prepared).catch((error: unknown) => error);
    disk.free = Number.POSITIVE_INFINITY;
    if (error === undefined) break; // it had enough room
    if (!(error instanceof UsageError)) throw error;
    messages.add(error.message.replaceAll(join(folder, `after ${free}`), "run"));
    expect(readdirSync(join(folder, `after ${free}`)).filter((name) => /tmp|lock/.test(name))).toEqual([]);
    await finish(await resumeRun(join(folder, `after ${free}`), {}));
    expect(resultHashes(join(folder, `after ${free}`))).toEqual(resultHashes(join(folder, "whole")));
  }
  const full = (name: string) => `Cannot write run/${name}: the disk is full. What was there before is still there.`;
  expect(messages).toContain(full("last.safetensors"));
  expect(messages).toContain(full("best.safetensors"));
});

test.each([
  { free: 0, said: "run.lock: the disk is full. Nothing was changed.", left: [] },
  // The lock has room; it goes when the process ends.
  { free: 250, said: "config.json: the disk is full. What was there before is still there.", left: ["run.lock"] },
])("with $free bytes free a run says so before it begins, and leaves nothing behind", async ({ free, said, left }) => {
  const name = `begun with ${free}`;
  disk.free = free;
  const begun = start(name).finally(() => {
    disk.free = Number.POSITIVE_INFINITY;
  });
  await expect(begun).rejects.toThrow(`Cannot write ${join(folder, name)}/${said}`);
  expect(readdirSync(join(folder, name))).toEqual(left);
});
