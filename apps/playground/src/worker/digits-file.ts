import { UsageError } from "@pointwise/tensor";

/** The page's file of digits, fetched once, so that the page goes on working without a connection. */
export class DigitsFile {
  private bytes: Promise<Uint8Array> | undefined;

  /** @throws UsageError (the promise rejects) with a text for the visitor; the next call tries again. */
  fetch(url: string): Promise<Uint8Array> {
    this.bytes ??= fetchBytes(url).catch((error) => {
      this.bytes = undefined;
      throw error;
    });
    return this.bytes;
  }
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok) return new Uint8Array(await response.arrayBuffer());
  const found = response ? `the server answered ${response.status}` : "there was no answer";
  throw new UsageError(
    `The digits could not be loaded from ${url}: ${found}. Is the connection down? Load the page anew.`,
  );
}
