import { signal } from "@preact/signals";
import { ownData } from "./data.ts";
import { readPictures } from "./read-pictures.ts";

/** What the visitor is told of the reading; "" for nothing. */
export const pictureMessage = signal("");

let files: readonly File[] = [];
let reads = 0;

/** Reads the pictures of a folder. */
export function choosePictures(chosen: readonly File[], size: number): void {
  files = chosen;
  read(size);
}

/** Reads the pictures that were chosen before in another size. */
export function resizePictures(size: number): void {
  read(size);
}

async function read(size: number): Promise<void> {
  const mine = ++reads;
  const tell = (message: string) => {
    if (mine === reads) pictureMessage.value = message;
  };
  if (files.length === 0) return;
  try {
    const pictures = await readPictures(files, size, (done, all) => tell(`Read ${done} of ${all} pictures.`));
    if (mine !== reads) return; // another folder or size has been chosen since
    tell("");
    ownData.value = { ...ownData.value, pictures };
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}
