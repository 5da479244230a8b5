import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";
import { launchChromium } from "./chromium.ts";

/** One browser for a test file. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
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
