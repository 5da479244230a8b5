import { expect, test } from "vitest";
import { expectNoErrors, openPage, useBrowser } from "./browser.ts";
import { exactly, trainToTheEnd } from "./train-page.ts";

const browser = useBrowser();

test("a link gives the same final loss, bit for bit, in another browser", async () => {
  const page = await openPage(browser());
  await page.getByLabel("Samples", { exact: true }).selectOption("moons");
  await page.getByLabel("Epochs").fill("12");
  await page.getByLabel("Seed").fill("4711");
  await page.getByLabel("Optimizer").selectOption("rmsprop");
  await page.getByLabel("Learning rate").fill("0.003");
  // Pausing and going on must change nothing, either.
  await page.getByText("Ready.").waitFor();
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await trainToTheEnd(page, 60);
  const loss = await exactly(page, "Loss");
  const link = new URL(page.url()).hash;
  expect(link).toContain("seed=4711");

  const other = await openPage(browser(), link);
  expect(await other.getByLabel("Seed").inputValue()).toBe("4711");
  await trainToTheEnd(other, 60);
  expect(await exactly(other, "Loss")).toBe(loss);
  expect(new URL(other.url()).hash).toBe(link);
  for (const opened of [page, other]) expectNoErrors(opened);
});

test("a link that cannot be is explained, and stays in the address bar", async () => {
  const page = await openPage(browser(), "#v=1&data=cats");
  const alert = page.getByRole("alert");
  expect(await alert.textContent()).toContain('data is "cats", but must be one of digits, spiral, moons, images, csv');
  expect(new URL(page.url()).hash).toBe("#v=1&data=cats");
  expectNoErrors(page);
});
