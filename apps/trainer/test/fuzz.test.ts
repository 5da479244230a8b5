import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { drawing } from "./fuzz/draw.ts";
import { type Outcome, tryFile } from "./fuzz/try-file.ts";

const script = fileURLToPath(new URL("../../../scripts/verify-fuzz.mjs", import.meta.url));

test("no parser does anything with 400 damaged files but read or refuse them", async () => {
  const child = spawn(process.execPath, [script, "400", "1"]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk;
    });
  }
  const [code] = await once(child, "close");
  expect({ code, output }).toMatchObject({
    code: 0,
    output: expect.stringContaining("Every file was read, or refused"),
  });
}, 300_000);

const reading = (read: () => unknown): Promise<Outcome> =>
  tryFile({ name: "test", intact: [], make: () => new Uint8Array(), read }, new Uint8Array());

test("an undocumented error is told from a documented one, and so is a changed prototype", async () => {
  await expect(reading(() => new Uint8Array(-1))).rejects.toThrow("threw what is not documented: RangeError");
  const polluted = Object.prototype as { polluted?: boolean }; // to see that it is noticed
  await expect(reading(() => Object.assign(polluted, { polluted: true }))).rejects.toThrow("changed a prototype");
  delete polluted.polluted;
  expect(await reading(() => "read")).toMatchObject({ accepted: true });
});

test("a file can be made again from its seed and number", () => {
  const draws = (seed: number, index: number) => Array.from({ length: 5 }, drawing(seed, index).bind(null, 1000));
  expect(draws(1, 7)).toEqual(draws(1, 7));
  expect(draws(1, 8)).not.toEqual(draws(1, 7));
  expect(draws(2, 7)).not.toEqual(draws(1, 7));
});
