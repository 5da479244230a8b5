import type { Page } from "playwright-core";

export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** A number of the run bar, exactly. */
export async function exactly(page: Page, title: "Loss" | "Held-out accuracy"): Promise<number> {
  const value = page.locator(".numbers div", { has: page.getByText(title, { exact: true }) }).locator("dd");
  return Number(await value.getAttribute("title"));
}

/** From wherever it is to its end. */
export async function trainToTheEnd(page: Page, seconds: number): Promise<void> {
  await page.getByText(/^(Ready|Paused)\.$/).waitFor();
  await page.getByRole("button", { name: /^(Train|Resume)$/ }).click();
  await page.getByText(/^Done: /).waitFor({ timeout: seconds * 1000 });
}
