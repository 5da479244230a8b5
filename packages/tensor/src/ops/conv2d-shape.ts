import { ShapeError } from "../errors.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Conv2dAttrs } from "./conv2d-options.ts";

/**
 * The shape that a convolution gives: pictures [N, Cin, H, W] by weights [Cout, Cin/groups, kH, kW].
 * @throws ShapeError
 */
export function conv2dShape({ stride, padding, dilation, groups }: Conv2dAttrs, x: Shape, w: Shape): Shape {
  if (x.length !== 4 || w.length !== 4) {
    throw new ShapeError(
      `conv2d: takes pictures [N, C, H, W] and weights [Cout, C/groups, kH, kW], but got ${formatShape(x)} and ${formatShape(w)}. ` +
        `One picture [C, H, W] is a batch of one: unsqueeze(x, 0).`,
    );
  }
  const [n, channels, ...size] = x as [number, number, number, number];
  const [maps, groupChannels, ...kernel] = w as [number, number, number, number];
  if (channels !== groupChannels * groups) {
    throw new ShapeError(
      `conv2d: the pictures ${formatShape(x)} have ${channels} channels, but weights ${formatShape(w)} in ${groups} group(s) take ${groupChannels * groups}.`,
    );
  }
  if (maps % groups !== 0) {
    throw new ShapeError(`conv2d: ${maps} maps do not divide into ${groups} groups of equal size.`);
  }
  const out = size.map((d, i) => {
    const covered = dilation[i]! * (kernel[i]! - 1) + 1;
    const available = d + padding[i]![0] + padding[i]![1];
    if (kernel[i]! < 1 || covered > available) {
      throw new ShapeError(
        `conv2d: a kernel of ${formatShape(kernel)} (dilation ${formatShape(dilation)}) does not fit the pictures ${formatShape(x)}: it covers ` +
          `${covered} ${i === 0 ? "rows" : "columns"} and there are ${available}, padding included. Pad more, or use a smaller kernel.`,
      );
    }
    return Math.floor((available - covered) / stride[i]!) + 1;
  });
  return [n, maps, ...out];
}
