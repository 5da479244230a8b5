import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectNoErrors, openPage, useBrowser } from "./browser.ts";
import { button } from "./train-page.ts";

const browser = useBrowser();

test("a weight that is dragged moves the convolution's map and the dense layer's answers alike", async () => {
  const page = await openLab(browser());
  const weight = slider(page, "Weight from Red to map 2");
  const before = await mapsOf(page, 2);
  expect(before.dense).toEqual(before.convolution);

  await drag(page, weight, -40); // 4 pixels a step of 0.1, upwards is more, and 2 is the most
  expect(await weight.getAttribute("aria-valuenow")).toBe("2");
  await drag(page, weight, 60);
  expect(await weight.getAttribute("aria-valuenow")).toBe("0.5");

  const after = await mapsOf(page, 2);
  expect(after.dense).toEqual(after.convolution);
  expect(after.convolution).not.toEqual(before.convolution);
  expect(await mapsOf(page, 1)).not.toEqual(after);
  expect(await proof(page, "Conv1x1 and Linear")).toBe("0");
  expect(await sums(page, "Map 2")).toEqual(["0.5 · 0.9+ (−1.8) · 0.1+ 0 · 0.2+ 0= 0.27", "0.27", "0.27"]);

  await button(page, "Random weights").click();
  const random = await mapsOf(page, 2);
  expect(random.dense).toEqual(random.convolution);
  expect(random).not.toEqual(after);
  expect(await proof(page, "Conv1x1 and Linear")).toBe("0");
  await page.locator("section[aria-labelledby=lab-mix]").getByRole("button", { name: "Reset" }).click();
  expect(await mapsOf(page, 2)).toEqual(before);
  expectNoErrors(page);
});

test("a line of the network is the same weight, and is dragged as its cell in the matrix is", async () => {
  const page = await openLab(browser());
  const line = page.locator(".network-line").nth(3); // the second output's from red
  await page.locator(".network").scrollIntoViewIfNeeded();
  const box = (await line.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3 + 1);
  expect(await page.locator(".weight-cell.touched").getAttribute("aria-label")).toBe("Weight from Red to map 2");
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3 + 41, { steps: 4 });
  await page.mouse.up();
  expect(await slider(page, "Weight from Red to map 2").getAttribute("aria-valuenow")).toBe("0.8");
  expect(await proof(page, "Conv1x1 and Linear")).toBe("0");
  expectNoErrors(page);
});

test("pointing at a pixel of any map writes out its sums", async () => {
  const page = await openLab(browser());
  const map = page.getByRole("img", { name: "Map 3 by the 1×1 convolution" });
  const box = (await map.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.95, box.y + box.height * 0.05);
  await page.getByText("The pixel in row 1, column 8, written out").waitFor();
  expect(await sums(page, "Map 3")).toEqual(["−0.9 · 0.9+ (−0.9) · 0.9+ 1.8 · 1+ 0.1= 0.28", "0.28", "0.28"]);
  expectNoErrors(page);
});

test("everything in the lab can be done by keyboard", async () => {
  const page = await openLab(browser());
  const pixel = slider(page, "Pixel of the picture");
  await pixel.focus();
  for (const key of ["ArrowUp", "ArrowRight", "End"]) await page.keyboard.press(key);
  expect(await pixel.getAttribute("aria-valuetext")).toContain("row 3, column 8: the answers are");

  await page.keyboard.press("Tab");
  const first = slider(page, "Weight from Red to map 1");
  expect(await first.evaluate((cell) => cell === document.activeElement)).toBe(true);
  for (const [key, value] of [
    ["ArrowUp", "0.5"],
    ["PageDown", "0"],
    ["Home", "-2"],
    ["End", "2"],
    ["Delete", "0"],
  ] as const) {
    await page.keyboard.press(key);
    expect(await first.getAttribute("aria-valuenow")).toBe(value);
  }

  await button(page, "Step").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await page.getByText("3 of 25").waitFor();
  await slider(page, "Padding").focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText("1 of 49").waitFor();
  await slider(page, "Place").focus();
  await page.keyboard.press("End");
  const output = await page.getByRole("img", { name: /^Output map: / }).getAttribute("aria-label");
  expect(output!.split(": ")[1]!.split(" ")).toHaveLength(49);

  await slider(page, "Height").focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText("= 15·14·32·10 + 10").waitFor();
  expectNoErrors(page);
});

test("the kernel plays to its end, fills the maps, and agrees with Conv2d in every size", async () => {
  const page = await openLab(browser());
  await page.getByLabel("Kernel size k").selectOption("5");
  await setSlider(slider(page, "Speed"), 10);
  await button(page, "Play").click();
  await button(page, "Pause").waitFor();
  await page.getByText("9 of 9").waitFor();
  await button(page, "Play").waitFor(); // at its end it is ready for another time
  for (const size of ["1", "3", "5"]) {
    await page.getByLabel("Kernel size k").selectOption(size);
    for (const stride of [1, 2, 3]) {
      await setSlider(slider(page, "Stride"), stride);
      expect(await proof(page, "Conv2d")).toBe("0");
    }
  }
  expectNoErrors(page);
});

test("nothing moves by itself", async () => {
  const page = await openLab(browser(), { reducedMotion: "reduce" });
  await page.waitForTimeout(700); // two steps at the speed that is set
  await page.getByText("1 of 25").waitFor();
  const transition = await page
    .locator(".grid-frame")
    .first()
    .evaluate((frame) => getComputedStyle(frame).transitionDuration);
  expect(transition).toBe("0s");
});

test("the lab speaks Chinese, by the browser's language and by the switch", async () => {
  const page = await openLab(browser(), { locale: "zh-CN" });
  await page.getByRole("heading", { name: "1×1 卷积就是作用于每个像素的全连接层" }).waitFor();
  await slider(page, "从红色通道到特征图 1 的权重").press("ArrowUp");
  expect(await proof(page, "Conv1x1 与 Linear")).toBe("0");
  // Beside letters there are the names of layers and sizes only.
  const english = await page.locator(".lab").evaluate((lab) => lab.textContent.match(/[A-Za-z]{2,}/g));
  expect(
    [...new Set(english)].filter(
      (word) =>
        !/^(Conv1x1|Conv|Linear|Flatten|ReLU|MaxPool|GlobalAvgPool|Shift|Delete|pointwise|layers|float|MACs|Cin|Cout|kH|kW)$/.test(
          word,
        ),
    ),
  ).toEqual([]);
  await button(page, "English").click();
  await page.getByRole("heading", { name: "Mix the channels of a pixel" }).waitFor();
  expectNoErrors(page);
});

test("on a phone there is no sideways scroll, whatever the setting, and a finger turns a weight", async () => {
  const page = await openLab(browser(), { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBe(0);
  for (const size of ["1", "5"]) {
    await page.getByLabel("Kernel size k").selectOption(size);
    for (const [name, most] of [
      ["Channels", 4],
      ["Padding", 2],
    ] as const)
      await setSlider(slider(page, name), most);
    expect(await overflow()).toBe(0);
  }
  const weight = slider(page, "Weight from Green to map 1");
  expect(await weight.evaluate((cell) => getComputedStyle(cell).touchAction)).toBe("none");
  const scrolled = () => page.evaluate(() => scrollY);
  await weight.scrollIntoViewIfNeeded();
  const before = await scrolled();
  await swipe(page, weight, -40);
  expect(await weight.getAttribute("aria-valuenow")).toBe("1.8");
  expect(await scrolled()).toBe(before); // the finger turned the weight, and did not scroll the page
  expectNoErrors(page);
});

async function openLab(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openPage(browser, "", options);
  await page.locator("#tab-lab").click();
  await page.locator(".lab").waitFor();
  return page;
}

const slider = (page: Page, name: string): Locator => page.getByRole("slider", { name, exact: true });

/** By keys, as the value of a range is set from within the page only. */
async function setSlider(range: Locator, value: number): Promise<void> {
  await range.focus();
  await range.press("Home");
  while (Number(await range.inputValue()) < value) await range.press("ArrowRight");
}

async function drag(page: Page, cell: Locator, dy: number): Promise<void> {
  await cell.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await cell.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2 + dy, { steps: 5 });
  await page.mouse.up();
}

/** With a finger. */
async function swipe(page: Page, cell: Locator, dy: number): Promise<void> {
  const box = (await cell.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const session = await page.context().newCDPSession(page);
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  for (let step = 1; step <= 5; step++) {
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x, y: y + (dy * step) / 5 }] });
  }
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** The pixels of an output map, as they are drawn for the two layers. */
async function mapsOf(page: Page, map: number): Promise<{ convolution: number[]; dense: number[] }> {
  const pixels = (name: string) =>
    page.getByRole("img", { name, exact: true }).evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error("not a canvas");
      return [...canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data];
    });
  return {
    convolution: await pixels(`Map ${map} by the 1×1 convolution`),
    dense: await pixels(`Answer ${map} of the dense layer at every pixel`),
  };
}

/** The largest difference that the line with these words states. */
const proof = (page: Page, words: string) => page.locator(".proof", { hasText: words }).locator("output").textContent();

/** The cells of a row of the sums: the sum written out, and what the two layers gave. */
async function sums(page: Page, row: string): Promise<string[]> {
  const cells = await page
    .locator(".mix-sums tr", { has: page.getByRole("rowheader", { name: row }) })
    .locator("td")
    .allInnerTexts();
  return cells.map((cell) => cell.replaceAll("\n", ""));
}
