export type Rgb = readonly [red: number, green: number, blue: number];

/** The colour of a value; `dark` says which theme it is for. */
export type ColorScale = (value: number, dark: boolean) => Rgb;

/** Ink on paper, as pictures are shown: 0 is the paper, 1 the ink. */
export const ink: ColorScale = (value, dark) =>
  dark ? mix(value, [21, 24, 29], [240, 241, 244]) : mix(value, [255, 255, 255], [20, 22, 28]);

/** −1 is blue, 0 nothing, 1 orange: also told apart by those who see red and green alike. */
export const diverging: ColorScale = (value, dark) => {
  const none: Rgb = dark ? [28, 31, 37] : [247, 247, 247];
  const most: Rgb = value < 0 ? (dark ? [96, 165, 250] : [33, 102, 172]) : dark ? [253, 146, 64] : [196, 84, 10];
  return mix(Math.abs(value), none, most);
};

/** 0 is nothing, 1 the accent: for amounts, such as probabilities. */
export const amount: ColorScale = (value, dark) =>
  dark ? mix(value, [28, 31, 37], [130, 170, 255]) : mix(value, [247, 247, 247], [29, 78, 216]);

const classColors = {
  light: ["#1d4ed8", "#ea7317", "#0f9d76", "#c2185b", "#7c5cd6", "#8a6d1d", "#3aa6d0", "#d9534f", "#5b8c2a", "#6b7280"],
  dark: ["#7fa5ff", "#ffa45c", "#4fd0a5", "#ff7eb0", "#b7a0ff", "#d6b85a", "#7fd4f4", "#ff8f8a", "#a5d66a", "#b3bac7"],
} as const;

/** Of a class by its index; there are ten, which come again after the tenth. */
export function classColor(index: number, dark: boolean): string {
  const colors = classColors[dark ? "dark" : "light"];
  return colors[index % colors.length]!;
}

function mix(share: number, from: Rgb, to: Rgb): Rgb {
  const s = Math.min(1, Math.max(0, share));
  return [from[0] + (to[0] - from[0]) * s, from[1] + (to[1] - from[1]) * s, from[2] + (to[2] - from[2]) * s];
}
