import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pointwise, pointwiseHere, temporaryFolder } from "./pointwise.ts";

it("refuses a place where it cannot write, before it starts", async () => {
  const folder = temporaryFolder();
  const missing = await pointwiseHere(["lab", "--out", join(folder, "none", "report.html")], folder);
  expect(missing).toMatchObject({ code: 1, stdout: "" });
  expect(missing.stderr).toContain("none/report.html: it does not exist. Choose another place with --out");
  const isFolder = await pointwiseHere(["lab", "--out", folder], folder);
  expect(isFolder).toMatchObject({ code: 1, stdout: "" });
  expect(isFolder.stderr).toContain("it is a folder, not a file");
});

it("refuses options that cannot be", async () => {
  const lab = (...args: string[]) => pointwiseHere(["lab", ...args], tmpdir());
  expect(await lab("--epochs", "0")).toMatchObject({ code: 2, stdout: "" });
  expect(await lab("--seed", "-1")).toMatchObject({ code: 2, stdout: "" });
  expect((await lab("--sed", "1")).stderr).toContain("(Did you mean --seed?)");
});

it("stops at Ctrl-C, and says so", async () => {
  const folder = temporaryFolder();
  const signal = { name: "SIGINT", after: "held out in" } as const;
  const { code, stdout } = await pointwise(["lab"], { cwd: folder, signal });
  expect(code).toBe(130);
  expect(stdout).toContain("Stopped. No report was written.");
  expect(existsSync(join(folder, "report.html"))).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});
