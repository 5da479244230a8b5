import { allocate, type DType, type TypedArray } from "./dtype.ts";
import { DTypeError, ShapeError } from "./errors.ts";
import { checkShape, formatShape, type Shape, sizeOf } from "./shape.ts";
import { Storage } from "./storage.ts";
import { Tensor } from "./tensor.ts";
import { currentTracer } from "./tracer.ts";

export interface TensorOptions {
  /** float32 unless said otherwise. */
  readonly dtype?: DType;
}

/** Numbers or booleans, nested one level a dimension. */
export type NestedValues = number | boolean | readonly NestedValues[];

/**
 * A tensor of the given values: a number, nested arrays, or a flat typed array.
 *
 * The dtype is float32 for numbers and bool for booleans, as the values say; a typed array keeps its own (a `Uint8Array`
 * needs one said), and is copied.
 * @param shape for a flat array: the shape to give it. Nested arrays bring their own.
 * @throws ShapeError if nested rows differ in length, or the number of values does not fit the shape.
 */
export function tensor(values: NestedValues | TypedArray, options: TensorOptions & { shape?: Shape } = {}): Tensor {
  const flat = isTypedArray(values) ? values : flatten(values, shapeOfNested(values));
  const own = isTypedArray(values) ? [values.length] : shapeOfNested(values);
  const shape = options.shape ?? own;
  checkShape(shape, "tensor");
  if (sizeOf(shape) !== flat.length) {
    throw new ShapeError(
      `tensor: ${flat.length} values do not fill the shape ${formatShape(shape)}, which has ${sizeOf(shape)}.`,
    );
  }
  const dtype = options.dtype ?? dtypeOf(values);
  const storage = Storage.allocate(dtype, flat.length);
  const data = storage.view;
  for (let i = 0; i < flat.length; i++)
    data[i] = dtype === "bool" ? +(flat[i] !== 0 && flat[i] !== false) : Number(flat[i]);
  return new Tensor([...shape], dtype, storage);
}

function isTypedArray(values: NestedValues | TypedArray): values is TypedArray {
  return ArrayBuffer.isView(values);
}

function dtypeOf(values: NestedValues | TypedArray): DType {
  if (values instanceof Float64Array) return "float64";
  if (values instanceof Int32Array) return "int32";
  if (values instanceof Uint8Array) {
    throw new DTypeError(`tensor: say the dtype of a Uint8Array's values, e.g. { dtype: "float32" } for pixels.`);
  }
  let first: NestedValues | undefined = isTypedArray(values) ? 0 : values;
  while (typeof first === "object") first = first[0];
  return typeof first === "boolean" ? "bool" : "float32";
}

function shapeOfNested(values: NestedValues): number[] {
  const shape: number[] = [];
  for (let v: NestedValues | undefined = values; typeof v === "object"; v = v[0]) shape.push(v.length);
  return shape;
}

function flatten(values: NestedValues, shape: Shape): (number | boolean)[] {
  const out: (number | boolean)[] = [];
  const visit = (v: NestedValues, dim: number): void => {
    const length = typeof v === "object" ? v.length : undefined;
    if (length !== shape[dim]) {
      throw new ShapeError(
        `tensor: the nested arrays are ragged: at depth ${dim} one has ${length ?? "no"} entries where the first has ${shape[dim] ?? "none"}.`,
      );
    }
    if (typeof v === "object") for (const item of v) visit(item, dim + 1);
    else out.push(v);
  };
  visit(values, 0);
  return out;
}

/**
 * A tensor over an existing typed array, which it takes over without copying.
 * @throws ShapeError, DTypeError if the array is not of the dtype's kind.
 */
export function fromData(data: TypedArray, shape: Shape, dtype: DType): Tensor {
  checkShape(shape, "fromData");
  if (data.constructor !== allocate(dtype, 0).constructor) {
    throw new DTypeError(`fromData: a ${data.constructor.name} does not hold ${dtype} values.`);
  }
  if (data.length !== sizeOf(shape)) {
    throw new ShapeError(`fromData: ${data.length} values do not fill the shape ${formatShape(shape)}.`);
  }
  return new Tensor([...shape], dtype, Storage.of(dtype, data));
}

/** Every element is `value`. */
export function full(shape: Shape, value: number, options: TensorOptions = {}): Tensor {
  checkShape(shape, "full");
  const dtype = options.dtype ?? "float32";
  const storage = Storage.allocate(dtype, sizeOf(shape));
  if (!Object.is(value, 0)) storage.view.fill(value);
  const filled = new Tensor([...shape], dtype, storage);
  currentTracer()?.created?.(filled, value);
  return filled;
}

export const zeros = (shape: Shape, options?: TensorOptions): Tensor => full(shape, 0, options);

export const ones = (shape: Shape, options?: TensorOptions): Tensor => full(shape, 1, options);

/** Zeros of the shape and dtype of `x`. */
export const zerosLike = (x: Tensor): Tensor => full(x.shape, 0, x);

/** Ones of the shape and dtype of `x`. */
export const onesLike = (x: Tensor): Tensor => full(x.shape, 1, x);
