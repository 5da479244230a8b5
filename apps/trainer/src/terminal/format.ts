/** `1234567` as `1,234,567`. */
export const formatCount = (n: number): string => n.toLocaleString("en-US");

/** A part of 1 as `93.4 %`. */
export const formatPercent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** A loss or a learning rate, with as many digits as tell something. */
export function formatNumber(x: number): string {
  if (x === 0 || !Number.isFinite(x)) return String(x);
  const size = Math.abs(x);
  return size < 1e-3 || size >= 1e6 ? x.toExponential(2).replace("e+", "e") : x.toPrecision(4);
}

/** `9 s`, `1:23 min` or `1:02:03 h`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  if (seconds < 9.95) return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}:${two(whole % 60)} min`;
  return `${Math.floor(whole / 3600)}:${two((whole % 3600) / 60)}:${two(whole % 60)} h`;
}
