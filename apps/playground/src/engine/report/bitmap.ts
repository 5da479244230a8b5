/**
 * A picture as a Windows bitmap in a data URI, which every browser shows and which needs no compression to be written.
 * @param values [channels, height, width], 0 to 1: one channel is ink on white paper, three are red, green and blue
 * @see https://learn.microsoft.com/en-us/windows/win32/gdi/bitmap-storage
 */
export function bitmapUri(values: Float32Array, channels: number, height: number, width: number): string {
  const rowBytes = Math.ceil((3 * width) / 4) * 4;
  const header = 54;
  const bytes = new Uint8Array(header + rowBytes * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]); // "BM"
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, header, true);
  view.setUint32(14, 40, true); // of the second header
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true); // planes
  view.setUint16(28, 24, true); // bits a pixel
  view.setUint32(34, rowBytes * height, true);
  const plane = height * width;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = header + (height - 1 - row) * rowBytes + 3 * column; // rows from below
      for (const [i, channel] of [2, 1, 0].entries()) {
        const value = values[(channels === 3 ? channel * plane : 0) + row * width + column]!;
        bytes[at + i] = Math.round(255 * Math.min(1, Math.max(0, channels === 3 ? value : 1 - value)));
      }
    }
  }
  return `data:image/bmp;base64,${btoa(String.fromCharCode(...bytes))}`;
}
