let recording = true;

/** Whether ops on tracked tensors keep the graph. */
export const isGradEnabled = (): boolean => recording;

/** Runs `fn` with the graph kept or not kept, and restores what was before, also when `fn` throws. */
export function withGradMode<T>(enabled: boolean, fn: () => T): T {
  const before = recording;
  recording = enabled;
  try {
    return fn();
  } finally {
    recording = before;
  }
}
