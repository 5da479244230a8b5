import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";

const script = fileURLToPath(new URL("../../../scripts/verify-kills.mjs", import.meta.url));

test("runs that are killed at random moments end with the bytes of one that never was", async () => {
  const child = spawn(process.execPath, [script, "6", inject("program")]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk;
    });
  }
  const [code] = await once(child, "close");
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining("6 kills in") });
});
