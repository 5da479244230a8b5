import type { Dataset } from "@pointwise/data";
import { amin, fromData, type Rng, type Tensor } from "@pointwise/tensor";

/** Where a digit's window begins on a larger picture, in pixels. */
export interface Place {
  readonly top: number;
  readonly left: number;
}

export interface PlacedDigit extends Place {
  readonly digit: number;
}

export interface ComposedPicture {
  /** [1, 1, H, W] */
  readonly picture: Tensor;
  readonly truth: readonly PlacedDigit[];
  /** What pixels without ink are. */
  readonly background: number;
}

/** Draws digits of a data set of pictures [1, side, side], all different, and puts them at random places where none overlap. */
export function composePicture(
  dataset: Dataset,
  { height, width, digits }: { readonly height: number; readonly width: number; readonly digits: number },
  rng: Rng,
): ComposedPicture {
  const [x, y] = dataset.batch(drawDifferent(dataset, digits, rng));
  const side = x.shape[2]!;
  const background = amin(x).item();
  const pixels = new Float32Array(height * width).fill(background);
  const places = drawPlaces(height - side, width - side, side, digits, rng);
  const truth = places.map(({ top, left }, i) => {
    for (let row = 0; row < side; row++) {
      const from = (i * side + row) * side;
      pixels.set(x.data.subarray(from, from + side), (top + row) * width + left);
    }
    return { digit: y.data[i]!, top, left };
  });
  return { picture: fromData(pixels, [1, 1, height, width], "float32"), truth, background };
}

/** The numbers of samples of different classes. */
function drawDifferent(dataset: Dataset, wanted: number, rng: Rng): number[] {
  const order = [...rng.permutation(dataset.length).data];
  const labels = [...dataset.batch(order)[1].data];
  return order.filter((_, i) => labels.indexOf(labels[i]!) === i).slice(0, wanted);
}

/** From left to right. All places are tried in a random order; where too few fit in, in another. */
function drawPlaces(maxTop: number, maxLeft: number, side: number, wanted: number, rng: Rng): Place[] {
  for (;;) {
    const places: Place[] = [];
    for (const at of rng.permutation((maxTop + 1) * (maxLeft + 1)).data) {
      const place = { top: Math.floor(at / (maxLeft + 1)), left: at % (maxLeft + 1) };
      const isFree = places.every((p) => Math.abs(p.top - place.top) >= side || Math.abs(p.left - place.left) >= side);
      if (isFree) places.push(place);
      if (places.length === wanted) return places.sort((a, b) => a.left - b.left || a.top - b.top);
    }
  }
}
