// How fast the page is there, and what its main thread does while a network learns: for scripts/playground-figures.mjs.
import type { Browser, Page } from "playwright-core";
import { serveBuiltPage } from "./built-page.ts";
import { launchChromium } from "./chromium.ts";
import { loadedBytes } from "./loaded-bytes.ts";
import { watchMainThread } from "./main-thread.ts";
import { exactly, trainToTheEnd } from "./train-page.ts";

const visits = 5;

const screens = [
  { name: "desktop", viewport: { width: 1280, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
];

/** @param root the app's folder */
export async function printFigures(root: string): Promise<void> {
  const site = await serveBuiltPage(root);
  const browser = await launchChromium();
  try {
    console.log(
      "                first paint       ready   first load  longest task  longest frame  images/s  held-out",
    );
    for (const screen of screens) console.log(await rowFor(browser, site.url, screen));
    console.log(
      `\nMedians of ${visits} visits with nothing cached. Ready: the digits are there, and training can start. First load: gzipped, without the digits.\n` +
        "While the default network learns: the longest task of the main thread in processor time, and the longest time between two frames by the clock.",
    );
  } finally {
    await browser.close();
    await site.close();
  }
}

async function rowFor(browser: Browser, url: string, { name, viewport }: (typeof screens)[number]): Promise<string> {
  const loads: Load[] = [];
  for (let i = 0; i < visits; i++) {
    const context = await browser.newContext({ viewport });
    loads.push(await load(await context.newPage(), url));
    await context.close();
  }
  const page = await (await browser.newContext({ viewport })).newPage();
  await page.goto(url);
  const started = performance.now();
  const main = await watchMainThread(browser, page, () => trainToTheEnd(page, 120));
  const seconds = (performance.now() - started) / 1000;
  const rate = (await page.locator(".numbers dd").last().textContent())!;
  const milliseconds = (of: (load: Load) => number) => `${median(loads.map(of)).toFixed(0)} ms`;
  const cells = [
    milliseconds(({ firstPaint }) => firstPaint).padStart(13),
    milliseconds(({ ready }) => ready).padStart(12),
    `${(loads[0]!.bytes / 1000).toFixed(0)} kB`.padStart(13),
    `${main.longestTask.toFixed(0)} ms`.padStart(14),
    `${main.longestFrame.toFixed(0)} ms`.padStart(15),
    rate.padStart(10),
    `${(100 * (await exactly(page, "Held-out accuracy"))).toFixed(1)}% in ${seconds.toFixed(0)} s`.padStart(14),
  ];
  await page.context().close();
  return name.padEnd(14) + cells.join("");
}

interface Load {
  /** Milliseconds from the start of the visit, both. */
  readonly firstPaint: number;
  readonly ready: number;
  readonly bytes: number;
}

async function load(page: Page, url: string): Promise<Load> {
  const started = performance.now();
  await page.goto(url);
  await page.getByText("Ready.").waitFor();
  const ready = performance.now() - started;
  const firstPaint = await page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
  );
  return { firstPaint, ready, bytes: (await loadedBytes(page)).bytes };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
