/** An IDX file: element type, dimensions, and the bytes of the values. */
export function idxBytes(code: number, shape: readonly number[], body: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, code, shape.length]);
  shape.forEach((d, i) => {
    view.setUint32(4 + 4 * i, d);
  });
  bytes.set(body, 4 + 4 * shape.length);
  return bytes;
}
