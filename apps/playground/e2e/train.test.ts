import { expect, test } from "vitest";
import { expectNoErrors, openPage, useBrowser } from "./browser.ts";
import { watchMainThread } from "./main-thread.ts";
import { button, exactly, trainToTheEnd } from "./train-page.ts";

const browser = useBrowser();

test("the digits are read at 95% within a minute, and no frame takes the page 50 ms", async () => {
  const page = await openPage(browser());
  const main = await watchMainThread(browser(), page, () => trainToTheEnd(page, 60));
  console.log(`main thread while training: ${JSON.stringify(main)}`);
  expect(await exactly(page, "Held-out accuracy")).toBeGreaterThanOrEqual(0.95);
  expect(main.tasks).toBeGreaterThan(50);
  expect(main.longestTask).toBeGreaterThan(0);
  expect(main.longestTask).toBeLessThan(50);
  expectNoErrors(page);
});

test("a decision boundary is drawn while training, within the same bound", async () => {
  const page = await openPage(browser());
  await page.getByLabel("Samples", { exact: true }).selectOption("spiral");
  const plane = page.getByRole("img", { name: /over the class that the model gives/ });
  const picture = () => plane.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  await page.getByText("Ready.").waitFor();
  const before = await picture();
  const main = await watchMainThread(browser(), page, () => trainToTheEnd(page, 60));
  console.log(`main thread while training: ${JSON.stringify(main)}`);
  expect(main.longestTask).toBeLessThan(50);
  expect(await exactly(page, "Held-out accuracy")).toBeGreaterThan(0.9);
  expect(await picture()).not.toBe(before);
  expectNoErrors(page);
});

test("pause, step, resume and reset do what they say", async () => {
  const page = await openPage(browser());
  await page.getByText("Ready.").waitFor();
  const steps = async () =>
    Number.parseInt((await page.locator(".numbers dd").first().innerHTML()).replace(",", ""), 10);
  await button(page, "Step").click();
  await expect.poll(steps).toBe(1);
  await button(page, "Resume").click();
  await expect.poll(steps).toBeGreaterThan(20);
  await button(page, "Pause").click();
  await page.getByText("Paused.").waitFor();
  const paused = await steps();
  await page.waitForTimeout(300);
  expect(await steps()).toBe(paused);
  await button(page, "Step").click();
  await expect.poll(steps).toBe(paused + 1);
  await button(page, "Reset").click();
  await page.getByText("Ready.").waitFor();
  expect(await steps()).toBe(0);
  expectNoErrors(page);
});
