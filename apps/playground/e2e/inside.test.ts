import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectNoErrors, openPage, useBrowser } from "./browser.ts";
import { watchMainThread } from "./main-thread.ts";
import { button, exactly, trainToTheEnd } from "./train-page.ts";

const browser = useBrowser();

const openTab = (page: Page, name: string) => page.getByRole("tab", { name }).click();

/** Draws a stroke through places of the pad, 0 to 1. */
async function stroke(page: Page, ...places: [x: number, y: number][]): Promise<void> {
  const pad = page.locator(".digit-pad");
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await pad.boundingBox())!;
  for (const [i, [across, down]] of places.entries()) {
    await page.mouse.move(x + across * width, y + down * height, { steps: 6 });
    if (i === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

const circle = Array.from({ length: 25 }, (_, i): [number, number] => {
  const angle = (2 * Math.PI * i) / 24;
  return [0.5 + 0.22 * Math.sin(angle), 0.5 - 0.33 * Math.cos(angle)];
});

test("drawn digits are recognised, wherever they are drawn", async () => {
  const page = await openPage(browser());
  await trainToTheEnd(page, 60);
  await openTab(page, "Look inside");
  const said = page.locator(".said");
  const drawn: [string, [number, number][]][] = [
    ["0", circle],
    [
      "7",
      [
        [0.25, 0.2],
        [0.75, 0.2],
        [0.45, 0.85],
      ],
    ],
    [
      "1",
      [
        [0.12, 0.1],
        [0.1, 0.45],
      ],
    ],
  ];
  for (const [digit, places] of drawn) {
    await stroke(page, ...places);
    await expect.poll(() => said.textContent()).toMatch(new RegExp(`^${digit}, \\d+\\.\\d% sure$`));
    await button(page, "Clear").click();
    await expect.poll(() => said.textContent()).toContain("right"); // the held-out sample again
  }
  expectNoErrors(page);
});

test("the same final loss, bit for bit, whether one looks inside or not", async () => {
  const link =
    "#v=1&data=digits&model=conv_4_3_2_1~batchNorm~relu~maxPool_2~flatten~dropout_0.2~dense_10&optimizer=adam&schedule=one-cycle&lr=0.01&momentum=0.9&weightDecay=0&batchSize=64&epochs=2&seed=5";
  const alone = await openPage(browser(), link);
  await trainToTheEnd(alone, 60);
  const page = await openPage(browser(), link);
  await page.getByText("Ready.").waitFor();
  await openTab(page, "Look inside");
  await page.getByRole("heading", { name: "The worst mistakes" }).waitFor();
  await trainToTheEnd(page, 60);
  expect(await page.locator(".norms li").count()).toBe(3);
  expect(await exactly(page, "Loss")).toBe(await exactly(alone, "Loss"));
  expect(await exactly(page, "Held-out accuracy")).toBe(await exactly(alone, "Held-out accuracy"));
  for (const opened of [page, alone]) expectNoErrors(opened);
});

test("no task of the page takes 50 ms while one looks inside a training", async () => {
  const page = await openPage(browser());
  await page.getByText("Ready.").waitFor();
  await openTab(page, "Look inside");
  await page.getByRole("heading", { name: "The worst mistakes" }).waitFor();
  const main = await watchMainThread(browser(), page, () => trainToTheEnd(page, 60));
  console.log(`main thread while looking inside: ${JSON.stringify(main)}`);
  expect(main.longestTask).toBeLessThan(50);
  expectNoErrors(page);
});

test("values and cells by keyboard; a mistake that is pressed is looked at", async () => {
  const page = await openPage(browser());
  await openTab(page, "Look inside");
  const places = page.getByRole("slider", { name: "Places in what 0 Convolution gives" });
  await places.focus();
  for (const key of ["PageDown", "ArrowDown", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  expect(await places.getAttribute("aria-valuetext")).toMatch(/^Map 1, row 1, column 2: -?\d/);
  await page.getByRole("button", { name: /^0 taken for 0: / }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  const cell = page.getByRole("button", { name: /^1 taken for 1: / });
  expect(await cell.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.getByRole("heading", { name: /1 taken for 1/ }).waitFor();
  const worst = page.locator("section", { has: page.getByRole("heading", { name: "The worst mistakes" }) });
  const mistake = worst.getByRole("button").first();
  const [truth] = /^\d/.exec((await mistake.textContent())!)!;
  await mistake.focus();
  await page.keyboard.press("Enter");
  await page.getByText(new RegExp(`^Held-out sample [1-9]\\d*, which is ${truth}$`)).waitFor();
  expectNoErrors(page);
});

test("of points, neurons are shown over the plane, on a phone without sideways scrolling", async () => {
  const page = await openPage(browser(), "", { viewport: { width: 390, height: 844 } });
  await page.getByLabel("Samples", { exact: true }).selectOption("moons");
  await page.getByText("Ready.").waitFor();
  await openTab(page, "Look inside");
  await page.getByText("A point is no picture, and has no feature maps.").waitFor();
  await page.getByText("Only for the MNIST digits can one draw").waitFor();
  await page.getByRole("heading", { name: "The worst mistakes" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expectNoErrors(page);
});
