import { valueAndGrad } from "@pointwise/autograd";
import { exportOnnx, importOnnx } from "@pointwise/formats";
import type { Module } from "@pointwise/layers";
import { SGD } from "@pointwise/optimizers";
import { mul, sum, type Tensor } from "@pointwise/tensor";
import { runOnnx } from "../../../../packages/formats/test/onnx-runtime.ts";
import { difference, differenceByName } from "./difference.ts";
import type { Given, Taken } from "./given.ts";

/** The largest difference of each leg that there is. */
export interface Legs {
  /** PyTorch's weights here: outputs in evaluation mode. */
  readonly here?: number;
  /** The outputs of training mode, gradients by the parameters, and the state dict after. */
  readonly training?: number;
  /** The model after a step of SGD, in ONNX Runtime. */
  readonly onnxRuntime: number;
  /** The model after that step, in PyTorch. */
  readonly back?: number;
  /** The ONNX file that PyTorch writes, here. */
  readonly fromOnnx?: number;
}

/** Of the table that is printed. */
export interface Row {
  readonly name: string;
  readonly parameters: number;
  readonly legs: Legs;
  /** Why PyTorch wrote no ONNX file. */
  readonly notExported?: string;
}

export interface Trip {
  readonly legs: Legs;
  readonly parameters: number;
  /** In evaluation mode, after the step. */
  readonly output: Tensor;
  readonly stateDict: ReadonlyMap<string, Tensor>;
}

/** Takes PyTorch's weights into `model`, trains it by a step, and takes it on to ONNX Runtime. */
export async function travel(model: Module, given: Given): Promise<Trip> {
  const { state, input, output: expected, onnx } = given;
  model.loadStateDict(state);
  const before = model.eval().forward(input);
  const training = given.training && train(model, given.training);
  const output = model.eval().forward(input);
  const [byRuntime] = await runOnnx(asOnnx(model, input), input);
  const legs: Legs = {
    ...(expected && { here: difference(before, expected) }),
    ...(training !== undefined && { training }),
    onnxRuntime: difference(byRuntime!, output),
    ...(expected &&
      onnx instanceof Uint8Array && {
        fromOnnx: difference(importOnnx(onnx, "PyTorch's file").forward(input), expected),
      }),
  };
  const parameters = [...model.namedParameters().values()].reduce((total, { size }) => total + size, 0);
  return { legs, parameters, output, stateDict: model.stateDict() };
}

/** @returns the largest difference from what PyTorch made of the model after the step: its output, and its state dict */
export const comeBack = ({ output, stateDict }: Trip, taken: Taken): number =>
  Math.max(difference(output, taken.output), differenceByName(stateDict, taken.state));

/** Repeats what PyTorch did, and then goes a step. */
function train(model: Module, { mode, inputs, output, weights, grads, after }: NonNullable<Given["training"]>): number {
  model.train(mode === "train");
  for (const x of inputs.slice(0, -1)) model.forward(x);
  const parameters = model.namedParameters();
  let found: Tensor | undefined;
  const [, gradients] = valueAndGrad(() => {
    found = model.forward(inputs.at(-1)!);
    return sum(mul(found, weights));
  }, [...parameters.values()]);
  const byName = new Map([...parameters].map(([name, p]) => [name, gradients.get(p)!]));
  const differences = [
    difference(found!, output),
    differenceByName(byName, grads),
    differenceByName(model.stateDict(), after),
  ];
  if (parameters.size > 0) new SGD([...parameters.values()], { lr: 0.01 }).step(gradients);
  return Math.max(...differences);
}

function asOnnx(model: Module, { shape, dtype }: Tensor): Uint8Array {
  const names = new Map([...model.namedParameters(), ...model.namedBuffers()]);
  return exportOnnx((x) => model.forward(x), { shape, dtype }, { names, dynamicBatch: shape.length > 1 });
}
