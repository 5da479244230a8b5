import { add, mean, mul, reshape, rsqrt, square, sub, type Tensor } from "@pointwise/tensor";
import type { Call } from "../call.ts";
import type { Operators } from "../operator.ts";

/** Mean 0 and variance 1 over the given dimensions. */
function standardize(x: Tensor, dims: readonly number[], eps: number): Tensor {
  const centred = sub(x, mean(x, dims, { keepdim: true }));
  return mul(centred, rsqrt(add(mean(square(centred), dims, { keepdim: true }), eps)));
}

/** A vector [C] in a shape that broadcasts along the channels of x [N, C, …]. */
const alongChannels = (vector: Tensor, x: Tensor): Tensor =>
  reshape(vector, [vector.size, ...x.shape.slice(2).map(() => 1)]);

const inTraining = "Export the model in evaluation mode, after model.eval().";

function batchNormalization(call: Call): Tensor {
  const [x, scale, bias, mean, variance] = [0, 1, 2, 3, 4].map((i) => call.input(i)) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  if (call.int("training_mode", 0) !== 0) call.refuse("is in training mode", inTraining);
  if (call.int("spatial", 1) === 0)
    call.refuse("normalises each place by itself", "Only statistics of channels can be imported.");
  const factor = mul(rsqrt(add(variance, call.float("epsilon", 1e-5))), scale);
  return add(mul(sub(x, alongChannels(mean, x)), alongChannels(factor, x)), alongChannels(bias, x));
}

function instanceNormalization(call: Call): Tensor {
  const [x, scale, bias] = [call.input(0), call.input(1), call.input(2)];
  const places = x.shape.slice(2).map((_, i) => i + 2);
  if (places.length === 0) call.refuse(`takes maps [N, C, …], but gets a tensor of ${x.rank} dimensions`);
  const normal = standardize(x, places, call.float("epsilon", 1e-5));
  return add(mul(normal, alongChannels(scale, x)), alongChannels(bias, x));
}

function layerNormalization(call: Call): Tensor {
  const [x, scale, bias] = [call.input(0), call.input(1), call.optional(2)];
  const first = call.dim(call.int("axis", -1), x.rank);
  const dims = x.shape.flatMap((_, i) => (i >= first ? [i] : []));
  const scaled = mul(standardize(x, dims, call.float("epsilon", 1e-5)), scale);
  return bias ? add(scaled, bias) : scaled;
}

function dropout(call: Call): Tensor {
  if (call.number(2, "training mode")) call.refuse("is in training mode", inTraining);
  return call.input(0);
}

export const normalization = (): Operators => ({
  BatchNormalization: { run: batchNormalization, settings: [3, 4] },
  InstanceNormalization: { run: instanceNormalization },
  LayerNormalization: { run: layerNormalization },
  Dropout: { run: dropout, settings: [1] },
  Identity: { run: (call) => call.input(0) },
});
