/** A small colour picture; its three channels are red, green and blue, from 0 to 1. */
export interface Picture {
  readonly side: number;
  /** [3, side, side] */
  readonly channels: Float32Array;
}

export const pictureNames = ["apple", "sunset", "fish"] as const;
export type PictureName = (typeof pictureNames)[number];

// Tenths, so that a product with a weight in tenths has two decimals and a sum can be written out exactly.
const colours: Record<string, readonly [red: number, green: number, blue: number]> = {
  ".": [9, 9, 10],
  r: [9, 1, 2],
  d: [6, 0, 2],
  w: [10, 8, 8],
  g: [2, 7, 2],
  n: [4, 2, 1],
  v: [3, 2, 6],
  p: [8, 4, 6],
  o: [10, 5, 2],
  y: [10, 9, 3],
  b: [1, 4, 7],
  s: [3, 6, 9],
  k: [0, 0, 1],
};

const drawings: Record<PictureName, readonly string[]> = {
  apple: ["....n.g.", "....ngg.", ".rrrnrr.", "rrwrrrrd", "rwrrrrrd", "rrrrrrdd", ".rrrrdd.", "..rddd.."],
  sunset: ["vvvvvvvv", "vvvppppv", "pppoyyop", "ppoyyyyo", "oooyyyyo", "bbsyysbb", "bsbboybs", "bbbsbbsb"],
  fish: ["bbbbbbsb", "bbsooobb", "oboyyooo", "oooyokoo", "oooooooy", "obyooyob", "bbbyyobb", "bgbbbbgb"],
};

export function drawPicture(name: PictureName): Picture {
  const rows = drawings[name];
  const pixels = [...rows.join("")].map((letter) => colours[letter]!);
  const channels = [0, 1, 2].flatMap((c) => pixels.map((pixel) => pixel[c]! / 10));
  return { side: rows.length, channels: Float32Array.from(channels) };
}
