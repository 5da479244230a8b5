import { readFile } from "node:fs/promises";
import { DataLoader } from "@pointwise/data";
import { env, InferenceSession, Tensor as OrtTensor } from "onnxruntime-web";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { theDigits } from "../test/engine/data.ts";
import { runScript } from "../test/run-script.ts";
import { expectNoErrors, openPage, useBrowser } from "./browser.ts";
import { button, exactly, trainToTheEnd } from "./train-page.ts";

const browser = useBrowser();
env.wasm.numThreads = 1;

const openTab = (page: Page, name: string) => page.getByRole("tab", { name }).click();

async function download(page: Page, name: string): Promise<{ path: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
  const path = await file.path();
  return { path, bytes: await readFile(path) };
}

test("the trained model, downloaded as ONNX and run by ONNX Runtime, says the same; its weights are loaded back", async () => {
  const page = await openPage(browser());
  await page.getByLabel("Epochs").fill("1");
  await page.waitForTimeout(300); // until the edit has come to rest
  await trainToTheEnd(page, 60);
  const accuracy = await exactly(page, "Held-out accuracy");
  await openTab(page, "Look inside");
  const cells = page.locator(".confusion tbody tr");
  await cells.first().waitFor();
  const shown = await cells.evaluateAll((rows) =>
    rows.map((row) =>
      [...row.querySelectorAll("button")].map((cell) => Number.parseInt(cell.textContent ?? "", 10) || 0),
    ),
  );

  await openTab(page, "Take away");
  const { bytes } = await download(page, "Download model.onnx");
  const runtime = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const found = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  for (const [x, y] of new DataLoader((await theDigits()).test, { batchSize: 250 })) {
    const { output } = await runtime.run({ input: new OrtTensor("float32", Float32Array.from(x.data), x.shape) });
    const scores = Array.from(output!.data, Number);
    for (const [i, label] of y.data.entries()) {
      const own = scores.slice(10 * i, 10 * i + 10);
      found[label]![own.indexOf(Math.max(...own))]!++;
    }
  }
  expect(found).toEqual(shown);
  expect(found.reduce((sum, row, i) => sum + row[i]!, 0) / 1000).toBe(accuracy);

  const weights = await download(page, "Download model.safetensors");
  await openTab(page, "Train");
  await button(page, "Reset").click();
  await page.getByText("Ready.").waitFor();
  await openTab(page, "Take away");
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: "application/octet-stream", buffer });
  const field = page.getByLabel("A safetensors file");
  await field.setInputFiles(file("cut.safetensors", weights.bytes.subarray(0, 2000)));
  await page.getByText(/Cannot read cut\.safetensors as safetensors/).waitFor();
  await field.setInputFiles(file("mine.safetensors", weights.bytes));
  await page
    .getByText(`Loaded mine.safetensors: ${(100 * accuracy).toFixed(1)}% of the held-out samples are right`)
    .waitFor();
  await openTab(page, "Train");
  await page.getByText("It began with the weights of mine.safetensors").waitFor();
  await page.locator("#block-0").getByLabel("Channels").fill("4");
  await page.getByText("Ready.").waitFor();
  expect(await page.getByText("It began with the weights").count()).toBe(0);
  await openTab(page, "Take away");
  await page.getByText("There is no model yet").first().waitFor({ state: "detached" });
  await page.getByLabel("A safetensors file").setInputFiles(file("mine.safetensors", weights.bytes));
  await page.getByText(/mine\.safetensors does not fit the model/).waitFor();
  await page.getByText(/0\.weight is \[8, 1, 3, 3\], but \[4, 1, 3, 3\] in the model/).waitFor();
  expectNoErrors(page);
});

test("the code that is copied, run by Node, has the page's first losses", async () => {
  const page = await openPage(browser(), "", { permissions: ["clipboard-read", "clipboard-write"] });
  await page.getByLabel("Samples", { exact: true }).selectOption("spiral");
  await page.getByLabel("Epochs").fill("1");
  await page.waitForTimeout(300); // until the edit has come to rest
  await page.getByText("Ready.").waitFor();
  const losses: number[] = [];
  for (let step = 1; step <= 5; step++) {
    await button(page, "Step").click();
    await expect.poll(() => page.locator(".numbers dd").first().textContent()).toContain(`${step} of`);
    losses.push(await exactly(page, "Loss"));
  }
  await openTab(page, "Take away");
  await button(page, "Copy as code").click();
  await page.getByText("Copied.").waitFor();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(await page.locator(".code code").textContent()).toBe(code);
  const printed = [...(await runScript(code)).matchAll(/^step (\d+): loss (\S+)$/gm)].map(([, , loss]) => Number(loss));
  expect(printed.slice(0, 5)).toEqual(losses);
  expectNoErrors(page);
});

test("the report is a page of its own", async () => {
  const page = await openPage(
    browser(),
    "#v=1&data=moons&noise=0.2&model=dense_8~tanh~dense_2&optimizer=adam&schedule=constant&lr=0.01&momentum=0.9&weightDecay=0&batchSize=32&epochs=3&seed=0",
  );
  await trainToTheEnd(page, 30);
  await openTab(page, "Take away");
  const { bytes } = await download(page, "Download report.html");
  const report = await browser().newPage({ offline: true });
  await report.setContent(bytes.toString());
  expect(await report.locator("h1").textContent()).toMatch(/^\d\d\.\d% of 300 held-out samples are right$/);
  expect(await report.locator("svg path").count()).toBe(4);
  await report.close();
  expectNoErrors(page);
});
