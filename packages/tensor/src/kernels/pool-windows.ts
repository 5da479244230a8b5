/** What each output of a pool reads along one direction: the entries from start to end (exclusive) in steps. */
export interface PoolWindows {
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly step: number;
  /** The entries of each window that count for an average with padding included. */
  readonly padded: Int32Array;
}

/** Windows of a kernel that slides over `size` entries, cut off at the edges of the picture. */
export function slidingWindows(
  size: number,
  count: number,
  { kernel, stride, padding, dilation }: { kernel: number; stride: number; padding: number; dilation: number },
): PoolWindows {
  const [start, end, padded] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  for (let i = 0; i < count; i++) {
    const first = i * stride - padding;
    const past = first + (kernel - 1) * dilation + 1;
    start[i] = first < 0 ? first + Math.ceil(-first / dilation) * dilation : first;
    end[i] = Math.min(past, size);
    padded[i] = Math.min(past, size + padding) - first;
  }
  return { start, end, step: dilation, padded };
}

/**
 * Windows of nearly equal size that together cover everything.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html
 */
export function adaptiveWindows(size: number, count: number): PoolWindows {
  const start = Int32Array.from({ length: count }, (_, i) => Math.floor((i * size) / count));
  const end = Int32Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * size) / count));
  return { start, end, step: 1, padded: end.map((e, i) => e - start[i]!) };
}
