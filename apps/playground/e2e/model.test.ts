import { expect, test } from "vitest";
import { expectNoErrors, openPage, useBrowser } from "./browser.ts";
import { button } from "./train-page.ts";

const browser = useBrowser();

test("a wrong chain is explained at its block, and nothing can be run until it is mended", async () => {
  const page = await openPage(browser());
  await page.getByText("Ready.").waitFor();
  await button(page, "Delete Flatten").click();
  const broken = page.locator(".block.broken");
  expect(await broken.textContent()).toContain(
    'Linear at "8": expects 784 features in the last dimension, but got [1, 16, 7, 7]',
  );
  expect(await broken.textContent()).toContain("Put new Flatten() before it.");
  expect(await page.getByText("Block 8 cannot work: see the model.").isVisible()).toBe(true);
  expect(await button(page, "Train").isDisabled()).toBe(true);

  await page.getByLabel("Another block, at the end").selectOption("flatten");
  await button(page, "Add").click();
  await button(page, "Move Flatten up").click();
  await page.getByText("Ready.").waitFor();
  expect(await broken.count()).toBe(0);
  expect(await button(page, "Train").isEnabled()).toBe(true);
  expectNoErrors(page);
});

test("blocks are edited by keyboard alone, and the focus stays with what is moved", async () => {
  const page = await openPage(browser());
  await page.getByText("Ready.").waitFor();
  const channels = page.locator("#block-0").getByLabel("Channels");
  await channels.focus();
  await page.keyboard.press("ArrowUp");
  expect(await page.locator("#block-0").textContent()).toContain("3·3·1·9 + 9 = 90 parameters");
  await page.locator("#block-2").getByRole("button", { name: "Move Max pool up" }).focus();
  await page.keyboard.press("Enter");
  const focused = () =>
    page.evaluate(
      () => `${document.activeElement?.closest("li")?.id} ${document.activeElement?.getAttribute("aria-label")}`,
    );
  await expect.poll(focused).toBe("block-1 Move Max pool up");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("block-0 Move Max pool down"); // at the top there is no up
  expect(await page.locator("#block-0").textContent()).toContain("1×14×14");
  expectNoErrors(page);
});

test("a number that cannot be is explained and not taken", async () => {
  const page = await openPage(browser());
  const channels = page.locator("#block-0").getByLabel("Channels");
  await channels.fill("0");
  expect(await page.locator("#block-0").getByRole("alert").textContent()).toBe("A whole number from 1 to 512.");
  expect(page.url()).toContain("model=conv_8_");
  expectNoErrors(page);
});
