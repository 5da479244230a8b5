import type { Pictures } from "../engine/datasets/pictures.ts";

/**
 * Pictures at `size` × `size` pixels, each with the name of its folder as its class. What is no square is squeezed. Grey ones have one
 * channel if all are grey, else all have three.
 * @throws Error (the promise rejects) that names the file which is no picture
 */
export async function readPictures(
  files: readonly File[],
  size: number,
  onProgress: (done: number, all: number) => void,
): Promise<Pictures> {
  const inFolders = files.flatMap((file) => {
    const folder = file.webkitRelativePath.split("/").at(-2);
    return folder && !file.name.startsWith(".") ? [{ file, folder }] : [];
  });
  const classes = [...new Set(inFolders.map(({ folder }) => folder))].sort();
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d", { willReadFrequently: true })!; // there is none only if another kind was asked for before
  const rgba: Uint8ClampedArray[] = [];
  for (const { file } of inFolders) {
    const bitmap = await decode(file, size);
    context.fillStyle = "white"; // where a picture is transparent
    context.fillRect(0, 0, size, size);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    rgba.push(context.getImageData(0, 0, size, size).data);
    onProgress(rgba.length, inFolders.length);
  }
  const channels = rgba.every(isGrey) ? 1 : 3;
  const pixels = new Uint8Array(rgba.length * channels * size ** 2);
  for (const [i, values] of rgba.entries()) {
    for (let channel = 0; channel < channels; channel++) {
      const start = (i * channels + channel) * size ** 2;
      for (let k = 0; k < size ** 2; k++) pixels[start + k] = values[4 * k + channel]!;
    }
  }
  const labels = Int32Array.from(inFolders, ({ folder }) => classes.indexOf(folder));
  return { pixels, shape: [rgba.length, channels, size, size], labels, classes };
}

async function decode(file: File, size: number): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { resizeWidth: size, resizeHeight: size, resizeQuality: "high" });
  } catch {
    throw new Error(
      `${file.webkitRelativePath} is no picture that this browser can show. Take it out of the folder, or save it as PNG or JPEG.`,
    );
  }
}

function isGrey(rgba: Uint8ClampedArray): boolean {
  for (let i = 0; i < rgba.length; i += 4) if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) return false;
  return true;
}
