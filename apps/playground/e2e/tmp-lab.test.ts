import { test } from "vitest";
import { openPage, useBrowser } from "./browser.ts";
import { watchMainThread } from "./main-thread.ts";

const browser = useBrowser();
test("x", async () => {
  const page = await openPage(browser());
  await page.waitForTimeout(1500);
  console.log(
    "open lab",
    await watchMainThread(browser(), page, async () => {
      await page.locator("#tab-lab").click();
      await page.locator(".lab").waitFor();
      await page.waitForTimeout(300);
    }),
  );
  const cell = page.getByRole("slider", { name: "Weight from Red to map 2" });
  await cell.scrollIntoViewIfNeeded();
  const b = (await cell.boundingBox())!;
  console.log(
    "drag",
    await watchMainThread(browser(), page, async () => {
      await page.mouse.move(b.x + 20, b.y + 20);
      await page.mouse.down();
      for (let i = 0; i < 120; i++) await page.mouse.move(b.x + 20, b.y + 20 + 40 * Math.sin(i / 8));
      await page.mouse.up();
    }),
  );
  console.log(
    "hover",
    await watchMainThread(browser(), page, async () => {
      const m = (await page.getByRole("img", { name: "Map 3 by the 1×1 convolution" }).boundingBox())!;
      for (let i = 0; i < 60; i++) await page.mouse.move(m.x + 5 + ((i * 7) % 50), m.y + 5 + ((i * 11) % 50));
    }),
  );
  await page.getByLabel("Kernel size k").selectOption("5");
  const ch = page.getByRole("slider", { name: "Channels", exact: true });
  await ch.press("End");
  await ch.press("End");
  const pad = page.getByRole("slider", { name: "Padding", exact: true });
  await pad.press("End");
  console.log(
    "setting",
    await watchMainThread(browser(), page, async () => {
      for (let i = 0; i < 10; i++) {
        await pad.press(i % 2 ? "End" : "Home");
        await page.waitForTimeout(50);
      }
    }),
  );
  const place = page.getByRole("slider", { name: "Place", exact: true });
  console.log(
    "step",
    await watchMainThread(browser(), page, async () => {
      for (let i = 0; i < 30; i++) await place.press("ArrowRight");
    }),
  );
  console.log(
    "count",
    await watchMainThread(browser(), page, async () => {
      const h = page.getByRole("slider", { name: "Height", exact: true });
      for (let i = 0; i < 30; i++) await h.press("ArrowRight");
    }),
  );
});
