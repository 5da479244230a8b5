import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { pointwise, pointwiseHere, temporaryFolder } from "./pointwise.ts";

test("help names every command, and every option of train", async () => {
  const help = await pointwise(["--help"]);
  expect(help).toMatchObject({ code: 0, stderr: "" });
  for (const command of ["lab", "train", "evaluate", "summary", "predict"])
    expect(help.stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  const train = await pointwiseHere(["train", "--help"], tmpdir());
  expect(train).toMatchObject({ code: 0, stderr: "" });
  expect(train.stdout).toContain("--clip-norm");
});

test("without a command, help is shown as an error", async () => {
  const nothing = await pointwise([]);
  expect(nothing).toMatchObject({ code: 2, stdout: "" });
  expect(nothing.stderr).toContain("Commands:");
});

test("the version is that of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await pointwise(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test("summary prints a table for a data set, or for a shape", async () => {
  const summary = (...args: string[]) => pointwiseHere(["summary", ...args], tmpdir());
  const lenet = await summary();
  expect(lenet).toMatchObject({ code: 0, stderr: "" });
  expect(lenet.stdout).toContain("5·5·1·16 + 16 = 416");
  expect(lenet.stdout).toContain("20,746 parameters");
  const nin = await summary("--model", "nin", "--input", "3,64,64", "--classes", "7");
  expect(nin.stdout).toContain("Conv1x1(64, 7)");
  expect((await summary("--model", "mlp", "--dataset", "spiral")).stdout).toContain("4,547 parameters");
});

test.each([{ CI: "true" }, { CI: "true", FORCE_COLOR: "1" }, { NO_COLOR: "1" }, { TERM: "dumb" }])(
  "piped output is plain with %j",
  async (env) => {
    const cwd = temporaryFolder();
    const { stdout, stderr } = await pointwise(["train", "--model", "mlp", "--dataset", "spiral", "--epochs", "1"], {
      cwd,
      env,
    });
    expect(stdout).toContain("1/1");
    for (const control of ["\u001b", "\r"]) expect(stdout + stderr).not.toContain(control);
  },
);

test("a reader that goes away, as `head` does, ends the program quietly", async () => {
  const args = [
    "train",
    "--model",
    "mlp",
    "--dataset",
    "spiral",
    "--epochs",
    "1000",
    "--patience",
    "0",
    "--out",
    "run",
  ];
  const cwd = temporaryFolder();
  const child = spawn(process.execPath, [inject("program"), ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  await once(child.stdout, "data");
  child.stdout.destroy();
  const [code] = await once(child, "close");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(readFileSync(join(cwd, "run/config.json"), "utf8"))).toMatchObject({ model: "mlp" });
});
