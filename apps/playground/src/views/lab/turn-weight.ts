/** The values that a weight may take: multiples of `step` from `min` to `max`. */
export interface WeightRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const pixelsAStep = 4;
const stepsAPage = 5;

/** The nearest allowed value. */
export function snapWeight(value: number, { min, max, step }: WeightRange): number {
  const snapped = Math.round(Math.min(max, Math.max(min, value)) / step) * step;
  return Number(snapped.toFixed(6)) + 0; // 0.30000000000000004 is 0.3, and −0 is 0
}

/** The value after a pointer that took hold at `start` moved down by `dy` CSS pixels: upwards is more. */
export function dragWeight(start: number, dy: number, range: WeightRange): number {
  return snapWeight(start - (dy / pixelsAStep) * range.step, range);
}

/** The value after a key, as on a slider (ARIA pattern), and Delete or Backspace for 0; undefined for any other key. */
export function keyWeight(value: number, key: string, range: WeightRange): number | undefined {
  const steps = keySteps[key];
  if (steps !== undefined) return snapWeight(value + steps * range.step, range);
  if (key === "Home") return range.min;
  if (key === "End") return range.max;
  return key === "Delete" || key === "Backspace" ? 0 : undefined;
}

const keySteps: Record<string, number> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: stepsAPage,
  PageDown: -stepsAPage,
};
