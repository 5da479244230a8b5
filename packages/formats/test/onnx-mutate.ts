import { PointwiseError, type Shape, type Tensor, zeros } from "@pointwise/tensor";
import { importOnnx, type OnnxModel } from "../src/index.ts";
import { modelProto } from "../src/onnx/messages.ts";
import { readMessage, writeMessage } from "../src/onnx/protobuf.ts";

/** A number below `n`, by a function of [0, 1). */
export type Draw = (n: number) => number;

/** The bytes with one or a few of them damaged, as a disk, a bad download or an attacker would. */
export function mutate(bytes: Uint8Array, draw: Draw): Uint8Array {
  let out = new Uint8Array(bytes);
  for (let i = draw(3) + 1; i > 0; i--) {
    const at = draw(out.length || 1);
    switch (draw(6)) {
      case 0:
        out[at]! ^= 1 << draw(8);
        break;
      case 1:
        out[at] = [0, 1, 0x7f, 0x80, 0xff][draw(5)]!;
        break;
      case 2:
        out = out.slice(0, at);
        break;
      case 3: // a length, or another number, of up to five bytes set to an extreme
        out.set([0xff, 0xff, 0xff, 0xff, 0x0f].slice(draw(5)).slice(0, out.length - at), at);
        break;
      case 4: {
        const part = out.slice(at, at + draw(40));
        out = Uint8Array.of(...out.slice(0, at), ...part, ...out.slice(at));
        break;
      }
      default: {
        const from = draw(out.length || 1);
        out.set(out.slice(from, from + Math.min(draw(16), out.length - at)), at);
      }
    }
  }
  return out;
}

/** What became of a file: "refused", "runs" or "refused when run". Anything else that is thrown is a defect. */
export function tryModel(bytes: Uint8Array): "refused" | "refused when run" | "runs" {
  let model: OnnxModel;
  try {
    model = importOnnx(bytes, "mutated.onnx");
  } catch (error) {
    if (error instanceof PointwiseError && error.constructor.name === "FormatError") return "refused";
    throw error;
  }
  try {
    model.outputs(...model.info.inputs.map(inputFor));
  } catch (error) {
    if (error instanceof PointwiseError) return "refused when run";
    throw error;
  }
  return "runs";
}

/** Zeros of a shape that the model takes; small, where it names a larger one. */
function inputFor({ shape = [2], dtype }: OnnxModel["info"]["inputs"][number]): Tensor {
  const sizes: Shape = shape.map((d) => (typeof d === "number" ? Math.min(Math.max(d, 0), 64) : 2));
  return zeros(sizes.slice(0, 8), { dtype });
}

/** A file whose messages are whole, but one or a few of whose fields are not what they were. */
export function mutateFields(bytes: Uint8Array, draw: Draw): Uint8Array {
  // As plain data, to be changed at will; a field that gets what it cannot hold is not written.
  const model = readMessage(modelProto, bytes) as unknown as Tree;
  const places = placesOf(model);
  for (let i = draw(3) + 1; i > 0; i--) {
    const { parent, key } = places[draw(places.length)]!;
    const others = places.map((place) => place.parent[place.key]).filter((v) => typeof v === typeof parent[key]);
    parent[key] = changed(parent[key], others, draw);
  }
  try {
    return writeMessage(
      modelProto,
      model as unknown as Parameters<typeof writeMessage<(typeof modelProto)["fields"]>>[1],
    );
  } catch {
    return bytes;
  }
}

type Tree = { [key: string]: unknown };

const numbers = [
  0,
  -1,
  1,
  2,
  3,
  7,
  16,
  1000,
  2 ** 20,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 40,
  2 ** 53 - 1,
  -(2 ** 53),
  0.5,
];
const texts = ["", "__proto__", "constructor", "input", "Add", "Reshape", "Conv", "Expand", "MaxPool", "Range"];

function changed(value: unknown, others: readonly unknown[], draw: Draw): unknown {
  if (typeof value === "number") return numbers[draw(numbers.length)];
  if (typeof value === "string") return draw(2) === 0 ? texts[draw(texts.length)] : others[draw(others.length)];
  if (value instanceof Uint8Array) return value.slice(0, draw(value.length + 1));
  if (!Array.isArray(value)) return undefined;
  const at = draw(value.length || 1);
  switch (draw(4)) {
    case 0:
      return value.toSpliced(at, 1);
    case 1:
      return value.toSpliced(at, 0, value[draw(value.length || 1)]);
    case 2:
      return value.toReversed();
    default:
      return typeof value[0] === "number" ? Array.from(value, () => numbers[draw(numbers.length)]) : [];
  }
}

/** Every field, list and entry of a list, at whatever depth. */
function placesOf(tree: Tree): { parent: Tree; key: string }[] {
  return Object.keys(tree).flatMap((key) => {
    const value = tree[key];
    const inner =
      typeof value === "object" && value !== null && !(value instanceof Uint8Array) ? placesOf(value as Tree) : [];
    return value === undefined ? inner : [{ parent: tree, key }, ...inner];
  });
}
