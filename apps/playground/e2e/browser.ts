import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** One browser for a test file: Debian's, or the one that CHROMIUM names. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
  });
  afterAll(() => browser?.close());
  return () => browser!; // set before the first test
}

/** The page in a fresh profile. An error of the page's own fails the test that it happens in, at `expectNoErrors`. */
export async function openPage(browser: Browser, hash = "", options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error.stack)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  errorsOf.set(page, errors);
  await page.goto(inject("page") + hash);
  return page;
}

const errorsOf = new WeakMap<Page, string[]>();

/** Nothing was written to the console as an error, and nothing thrown that nobody caught. */
export const expectNoErrors = (page: Page): void => expect(errorsOf.get(page)).toEqual([]);
