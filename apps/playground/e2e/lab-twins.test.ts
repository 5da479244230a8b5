import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectNoErrors, openPage, useBrowser } from "./browser.ts";
import { watchMainThread } from "./main-thread.ts";

const browser = useBrowser();

/** For a training of both on a busy machine. */
const patience = { timeout: 150_000 };

test("the twins train, both losses go down, most held-out digits are right, and the page does not stutter; then they search a large picture", async () => {
  const { page, twins, search } = await openTwins(browser());
  expect(await twins.textContent()).toContain("(32·4·4)·10 + 10 = 5,130 parameters");
  expect(await twins.textContent()).toContain("32·10 + 10 = 330 parameters");
  await named(twins, "Train both").click();
  await expect.poll(() => loss(twins, "Dense head"), patience).not.toBeNaN();
  const before = { dense: await loss(twins, "Dense head"), pointwise: await loss(twins, "1×1 head") };
  const chart = twins.getByRole("img", { name: "Loss of the batches by step, of both heads" }).locator("canvas");
  const picture = () => chart.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const drawn = await picture();
  const main = await watchMainThread(browser(), page, async () => {
    await twins.getByText(/^Done\. Of the 1,000 held-out digits/).waitFor(patience);
  });
  console.log(`main thread while the twins train: ${JSON.stringify(main)}`);
  expect(main.longestTask).toBeLessThan(50);
  expect(before.dense).toBeGreaterThan(1);
  expect(before.pointwise).toBeGreaterThan(1);
  for (const head of ["Dense head", "1×1 head"] as const) {
    expect(await loss(twins, head)).toBeLessThan(0.3);
    expect(await figure(twins, head, "Held-out accuracy")).toBeGreaterThan(95);
  }
  expect(await picture()).not.toBe(drawn);
  await searchLargePicture(page, search);
  expectNoErrors(page);
});

test("the twins train from the search as well, pause, go on and are reset", async () => {
  const { page, twins, search } = await openTwins(browser());
  await named(search, "Drop five digits").click();
  await expect.poll(() => search.locator(".search-stamp").count()).toBe(5);
  expect(await search.locator(".search-box").count()).toBe(0); // no weights, no answers
  await named(search, "Train it now").click();
  await expect.poll(() => steps(twins), patience).toBeGreaterThan(3);
  await named(twins, "Pause").click();
  await twins.getByText("Paused.").waitFor();
  const paused = await steps(twins);
  await page.waitForTimeout(400);
  expect(await steps(twins)).toBe(paused);
  await named(twins, "Resume").click();
  await expect.poll(() => steps(twins), patience).toBeGreaterThan(paused);
  await twins.getByLabel("Seed").fill("5");
  await twins.getByText(/^Ready\./).waitFor();
  expect(await loss(twins, "Dense head")).toBeNaN();
  await page.waitForTimeout(300); // what the old twins still report is not heard
  expect(await loss(twins, "Dense head")).toBeNaN();
  expectNoErrors(page);
});

test("a finger draws on a phone without scrolling, and nothing is wider than the phone", async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "zh-CN" };
  const { page, search } = await openTwins(browser(), phone);
  await search.locator(".search-stage").scrollIntoViewIfNeeded();
  const box = (await search.locator(".search-stage").boundingBox())!;
  const scrolled = await page.evaluate(() => scrollY);
  const session = await page.context().newCDPSession(page);
  const at = (y: number) => [{ x: box.x + 150, y: box.y + y }];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(40) });
  for (let y = 50; y <= 90; y += 10)
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(y) });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  expect(await search.locator(".search-frame").count()).toBe(0); // it is there while nothing is drawn
  await named(search, "放五个数字").click();
  await expect.poll(() => search.locator(".search-stamp").count()).toBe(5);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  expectNoErrors(page);
});

/** At least four of five digits are localised, moved by keyboard, and drawn ones too. */
async function searchLargePicture(page: Page, search: Locator): Promise<void> {
  await named(search, "Drop five digits").click();
  await expect.poll(() => search.locator(".search-stamp").count()).toBe(5);
  await search.getByText(/^The classifier after 420 steps/).waitFor(patience);
  await expect.poll(() => hits(search), patience).toBeGreaterThanOrEqual(4);
  // The boxes lie where the digits are: most handles have one that covers most of them.
  expect(await boxesOverStamps(search)).toBeGreaterThanOrEqual(4);

  const stamp = search.locator(".search-stamp").first();
  await stamp.focus();
  const label = await stamp.getAttribute("aria-label");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  expect(await stamp.getAttribute("aria-label")).toBe(label);
  await page.keyboard.press("Shift+ArrowUp");
  await expect.poll(() => stamp.getAttribute("aria-label")).not.toBe(label);
  await page.keyboard.press("Delete");
  expect(await search.locator(".search-stamp").count()).toBe(4);

  await named(search, "Check: cut out every window").click();
  const difference = search.locator(".proof output");
  await difference.waitFor(patience);
  expect(Number(await difference.textContent())).toBeLessThan(1e-4);

  await named(search, "Clear").click();
  await search.getByText("Nothing has been drawn yet.").waitFor();
  await draw(page, search, [
    [70, 25],
    [70, 45],
  ]);
  await draw(page, search, [
    [20, 24],
    [34, 24],
    [30, 32],
    [26, 44],
  ]);
  await search.getByText("Found, from left to right: 7, 1.").waitFor();
}

async function openTwins(browser: Browser, options: BrowserContextOptions = {}) {
  const page = await openPage(browser, "", options);
  await page.locator("#tab-lab").click();
  const part = (name: string) => page.locator(`section[aria-labelledby="lab-${name}"]`);
  await part("search").waitFor();
  return { page, twins: part("twins"), search: part("search") };
}

const named = (part: Locator, name: string): Locator => part.getByRole("button", { name, exact: true });

type Head = "Dense head" | "1×1 head";

/** A number of a head's box; NaN while there is none. */
async function figure(twins: Locator, head: Head, title: string): Promise<number> {
  const box = twins.getByRole("region", { name: head });
  const value = box.locator("dl div", { has: twins.page().getByText(title, { exact: true }) }).locator("dd");
  return Number.parseFloat((await value.textContent())!);
}

const loss = (twins: Locator, head: Head) => figure(twins, head, "Loss");

/** How many are done. */
const steps = async (twins: Locator): Promise<number> =>
  Number(await twins.getByRole("progressbar").getAttribute("value"));

/** Of the digits that were dropped. */
async function hits(search: Locator): Promise<number> {
  const found = await search.locator(".search-found").textContent();
  return Number(/(\d+) of 5 dropped digits/.exec(found!)?.[1] ?? Number.NaN);
}

async function boxesOverStamps(search: Locator): Promise<number> {
  const [stamps, boxes] = await Promise.all(
    [".search-stamp", ".search-box:not(.wrong)"].map((selector) =>
      search
        .locator(selector)
        .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON())),
    ),
  );
  return stamps!.filter((s: DOMRect) =>
    boxes!.some((b: DOMRect) => Math.max(Math.abs(b.x - s.x), Math.abs(b.y - s.y)) < s.width / 5),
  ).length;
}

/** With the mouse, along these places of the picture's pixels. */
async function draw(page: Page, search: Locator, points: readonly (readonly [number, number])[]): Promise<void> {
  await search.locator(".search-stage").scrollIntoViewIfNeeded();
  const box = (await search.locator(".search-stage").boundingBox())!;
  const go = ([x, y]: readonly [number, number]) =>
    page.mouse.move(box.x + (x * box.width) / 140, box.y + (y * box.width) / 140, { steps: 4 });
  await go(points[0]!);
  await page.mouse.down();
  for (const point of points.slice(1)) await go(point);
  await page.mouse.up();
}
