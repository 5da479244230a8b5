import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { expectNoErrors, openPage, useBrowser } from "./browser.ts";
import { loadedBytes } from "./loaded-bytes.ts";

const browser = useBrowser();

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds that hinders visitors: which rule, and where. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations }: AxeResults = await page.evaluate("axe.run()");
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 120)}`));
}

const views = ["Train", "1×1 lab", "Look inside", "Take away"];

describe.each([
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 390 },
] as const)("in $colorScheme, $width pixels wide", ({ colorScheme, width }) => {
  test.each(views)("%s has no finding of axe-core, and does not scroll sideways", async (view) => {
    const page = await openPage(browser(), "", { colorScheme, viewport: { width, height: 900 } });
    await page.getByRole("tab", { name: view }).click();
    expect(await page.getByRole("tab", { name: view }).getAttribute("aria-selected")).toBe("true");
    await page.waitForTimeout(1000); // until what the worker is asked is there
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expectNoErrors(page);
  });
});

test("what the page loads by itself is less than 300 kB, gzipped, without the digits", async () => {
  const page = await openPage(browser());
  await page.getByText("Ready.").waitFor();
  const { urls, bytes } = await loadedBytes(page);
  expect(urls.some((url) => url.includes("worker"))).toBe(true);
  console.log(`first load: ${urls.length} files, ${bytes} bytes gzipped`);
  expect(bytes).toBeLessThan(300_000);
});

test("once loaded, the page works without a connection", async () => {
  const page = await openPage(browser());
  await page.getByText("Ready.").waitFor();
  await page.context().setOffline(true);
  await page.getByLabel("Samples", { exact: true }).selectOption("moons");
  await page.getByText("900 to train on").waitFor();
  await page.getByLabel("Samples", { exact: true }).selectOption("digits");
  await page.getByText("9,000 to train on").waitFor();
  for (const view of views) await page.getByRole("tab", { name: view }).click();
  expectNoErrors(page);
});

test("tabs are chosen by arrow keys, and the language and the colours are remembered", async () => {
  const page = await openPage(browser());
  await page.getByRole("tab", { name: "Train" }).focus();
  await page.keyboard.press("ArrowRight");
  const tab = page.getByRole("tab", { selected: true });
  await expect.poll(() => tab.textContent()).toBe("1×1 lab");
  await page.keyboard.press("Home");
  await expect.poll(() => tab.textContent()).toBe("Train");
  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("combobox", { name: "颜色" }).selectOption("dark");
  await page.reload();
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme])).toEqual([
    "zh-Hans",
    "dark",
  ]);
  expect(await page.getByRole("tab", { selected: true }).textContent()).toBe("训练");
  expectNoErrors(page);
});
