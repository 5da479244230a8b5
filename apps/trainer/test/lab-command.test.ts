import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pointwise, temporaryFolder } from "./pointwise.ts";

it("refuses a place where it cannot write, before it starts", async () => {
  const folder = temporaryFolder();
  const missing = await pointwise(["lab", "--out", join(folder, "none", "report.html")]);
  expect(missing).toMatchObject({ code: 1, stdout: "" });
  expect(missing.stderr).toContain("none/report.html: it does not exist. Choose another place with --out");
  const isFolder = await pointwise(["lab", "--out", folder]);
  expect(isFolder).toMatchObject({ code: 1, stdout: "" });
  expect(isFolder.stderr).toContain("it is a folder, not a file");
});

it("refuses options that cannot be", async () => {
  expect(await pointwise(["lab", "--epochs", "0"])).toMatchObject({ code: 2, stdout: "" });
  expect(await pointwise(["lab", "--seed", "-1"])).toMatchObject({ code: 2, stdout: "" });
  expect((await pointwise(["lab", "--sed", "1"])).stderr).toContain("(Did you mean --seed?)");
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
