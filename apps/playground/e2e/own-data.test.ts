import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { expectNoErrors, openPage, useBrowser } from "./browser.ts";
import { exactly, trainToTheEnd } from "./train-page.ts";

const browser = useBrowser();

const csv = (text: string) => ({ name: "flowers.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

const flowers = Array.from(
  { length: 60 },
  (_, i) => `${i % 2 ? 5 + (i % 7) / 10 : 1 + (i % 5) / 10};${i % 3};${i % 2 ? "rose" : "lily"}`,
);

test("a broken CSV file is explained by line and column, and a whole one is learned", async () => {
  const page = await openPage(browser());
  await page.getByLabel("Samples", { exact: true }).selectOption("csv");
  const file = page.getByLabel("A CSV file");
  await file.setInputFiles(csv(["length;width;class", ...flowers, "4;wide;rose"].join("\n")));
  await expect
    .poll(() => page.getByRole("alert").textContent())
    .toContain('flowers.csv: line 62, column 2 (width): expected a number, but found "wide"');
  await file.setInputFiles(csv(["length;width;class", ...flowers].join("\n")));
  await page.getByText("48 to train on, 12 held out, 2 classes").waitFor();
  await trainToTheEnd(page, 60);
  expect(await exactly(page, "Held-out accuracy")).toBe(1);
  expectNoErrors(page);
});

test("pictures in labelled folders are learned, and what is no picture is named", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pictures-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const page = await openPage(browser());
  // The browser itself draws the pictures: bright or dark, with noise.
  for (const [name, level] of [
    ["bright", 200],
    ["dark", 60],
    ["red", -1],
  ] as const) {
    await mkdir(join(folder, name));
    for (let i = 0; i < 12; i++) {
      const url = await page.evaluate(
        ([shade, n]) => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
          const context = canvas.getContext("2d")!;
          const grey = shade! + n!;
          context.fillStyle = shade! < 0 ? `rgb(${180 + n!} 20 20)` : `rgb(${grey} ${grey} ${grey})`;
          context.fillRect(0, 0, 40, 30);
          return canvas.toDataURL(n! % 2 ? "image/png" : "image/jpeg");
        },
        [level, i] as const,
      );
      await writeFile(join(folder, name, `${i}.${i % 2 ? "png" : "jpg"}`), Buffer.from(url.split(",")[1]!, "base64"));
    }
  }
  await page.getByLabel("Samples", { exact: true }).selectOption("images");
  const field = page.getByLabel("A folder with a folder of pictures for each class");
  await field.setInputFiles(folder);
  await page.getByText("29 to train on, 7 held out, 3 classes").waitFor();
  await page.getByText("Input 3×32×32").waitFor();
  await trainToTheEnd(page, 60);
  expect(await exactly(page, "Held-out accuracy")).toBeGreaterThan(0.8);

  await writeFile(join(folder, "dark", "notes.png"), "no picture");
  await field.setInputFiles(folder);
  await page.getByText(/dark\/notes\.png is no picture that this browser can show/).waitFor();
  expectNoErrors(page);
});
