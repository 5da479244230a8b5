import { formatShape, fromData, permute, type Tensor } from "@pointwise/tensor";
import { readElements } from "../elements/element-types.ts";
import { shapeBytes } from "../elements/shape-bytes.ts";
import { refusing } from "../refuse.ts";
import { parseNpyHeader } from "./npy-header.ts";

/**
 * Reads an array that NumPy saved: versions 1 to 3 of the format, of either byte order, in C or Fortran order.
 *
 * float32, float64, int32 and bool keep their types; float16 becomes float32, exactly; the other integers become int32, and one
 * that does not fit is refused. So are objects, records, complex numbers, texts and dates.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @param file its name, for errors
 * @throws FormatError that says what is wrong with the file
 */
export function decodeNpy(bytes: Uint8Array, file: string): Tensor {
  const refuse = refusing(file, "npy");
  const { type, shape, fortranOrder, dataStart } = parseNpyHeader(bytes, refuse);
  const { element, bigEndian } = type;
  const expected = shapeBytes(shape, element.bytes, refuse);
  const values = bytes.subarray(dataStart);
  if (values.length !== expected) {
    const cure = values.length > expected ? "Is there more than one array in it? One a file is read." : undefined;
    refuse(
      `its values of shape ${formatShape(shape)} take ${expected} bytes, but ${values.length} follow the header`,
      cure,
    );
  }
  const littleEndian = bigEndian ? withBytesReversed(values, element.bytes) : values;
  const data = readElements(element, littleEndian, refuse);
  if (!fortranOrder || shape.length < 2) return fromData(data, shape, element.dtype);
  const transposed = fromData(data, [...shape].reverse(), element.dtype);
  return permute(transposed, shape.map((_, i) => i).reverse());
}

function withBytesReversed(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(bytes);
  for (let at = 0; at < out.length; at += size) out.subarray(at, at + size).reverse();
  return out;
}
