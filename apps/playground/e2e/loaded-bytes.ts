import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";

/** What the page has loaded by itself, without the digits: how many files, and their bytes when gzipped. */
export async function loadedBytes(page: Page): Promise<{ readonly urls: readonly string[]; readonly bytes: number }> {
  const found: string[] = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const urls = [page.url().split("#")[0]!, ...found.filter((url) => !url.endsWith("digits.bin"))];
  let bytes = 0;
  for (const url of urls) bytes += gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length;
  return { urls, bytes };
}
