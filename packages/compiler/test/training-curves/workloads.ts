import { createHash } from "node:crypto";
import {
  Conv1x1,
  Conv2d,
  Flatten,
  GlobalAvgPool2d,
  Linear,
  MaxPool2d,
  type Module,
  ReLU,
  Sequential,
  Sigmoid,
  Tanh,
} from "@pointwise/layers";
import { fromData, Rng, type Tensor } from "@pointwise/tensor";

/** A layer as data, from which both frameworks build: linear: in, out; conv: in, out, kernel size, padding. */
type Layer =
  | readonly ["linear", number, number]
  | readonly ["conv", number, number, number, number]
  | readonly ["relu" | "tanh" | "sigmoid" | "maxpool2" | "flatten" | "globalAvgPool"];

/** One of the networks whose training is measured. */
export interface Workload {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly loss: "mse" | "crossEntropy";
  readonly optimizer: "sgd" | "adam";
  readonly lr: number;
  batch(rng: Rng): readonly [x: Tensor, y: Tensor];
}

const classifier = { loss: "crossEntropy", optimizer: "adam", lr: 1e-3 } as const;
const digits =
  (...shape: number[]) =>
  (rng: Rng) =>
    [rng.normal([64, ...shape]), rng.randint([64], 0, 10)] as const;

export const workloads: readonly Workload[] = [
  {
    name: "W1",
    layers: [["linear", 2, 8], ["tanh"], ["linear", 8, 1], ["sigmoid"]],
    ...{ loss: "mse", optimizer: "sgd", lr: 0.5 },
    batch: () => [
      fromData(Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1), [4, 2], "float32"),
      fromData(Float32Array.of(0, 1, 1, 0), [4, 1], "float32"),
    ],
  },
  {
    name: "W2",
    layers: [["linear", 2, 64], ["relu"], ["linear", 64, 64], ["relu"], ["linear", 64, 3]],
    ...classifier,
    batch: spiral,
  },
  {
    name: "W3",
    layers: [["linear", 784, 128], ["relu"], ["linear", 128, 10]],
    ...classifier,
    batch: digits(784),
  },
  {
    name: "W4",
    layers: [
      ...[["conv", 1, 16, 5, 2] as const, ["relu"] as const, ["maxpool2"] as const],
      ...[["conv", 16, 32, 3, 1] as const, ["relu"] as const, ["maxpool2"] as const],
      ["flatten"],
      ["linear", 1568, 10],
    ],
    ...classifier,
    batch: digits(1, 28, 28),
  },
  {
    name: "W5",
    layers: [
      ...[["conv", 1, 32, 3, 1] as const, ["relu"] as const, ["conv", 32, 64, 1, 0] as const, ["relu"] as const],
      ...[["maxpool2"] as const, ["conv", 64, 10, 1, 0] as const, ["globalAvgPool"] as const],
    ],
    ...classifier,
    batch: digits(1, 28, 28),
  },
];

/** Points on three arms that wind around the origin, and their arms. */
function spiral(rng: Rng): readonly [Tensor, Tensor] {
  const arms = rng.randint([64], 0, 3);
  const draws = rng.uniform([64, 2]).data;
  const points = Array.from(arms.data).flatMap((arm, i) => {
    const radius = draws[2 * i]!;
    const angle = 4 * radius + (arm * 2 * Math.PI) / 3 + 0.2 * (draws[2 * i + 1]! - 0.5);
    return [radius * Math.sin(angle), radius * Math.cos(angle)];
  });
  return [fromData(Float32Array.from(points), [64, 2], "float32"), arms];
}

/** How many different batches there are; training goes around them. */
const batchCount = 4;
export const stepCount = 20;

/** The model with its initial weights, the batches, and a hash of both, all of one seed. */
export function prepare({ layers, batch }: Workload) {
  const rng = new Rng(3);
  const model = new Sequential(...layers.map((layer) => build(layer, rng)));
  const batches = Array.from({ length: batchCount }, () => batch(rng));
  const hash = createHash("sha256").update(JSON.stringify(layers));
  for (const { data } of [...model.parameters(), ...batches.flat()]) {
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return { model, batches, hash: hash.digest("hex").slice(0, 16) };
}

function build(layer: Layer, rng: Rng): Module {
  switch (layer[0]) {
    case "linear":
      return new Linear(layer[1], layer[2], { rng });
    case "conv":
      if (layer[3] === 1) return new Conv1x1(layer[1], layer[2], { rng });
      return new Conv2d(layer[1], layer[2], layer[3], { padding: layer[4], rng });
    case "relu":
      return new ReLU();
    case "tanh":
      return new Tanh();
    case "sigmoid":
      return new Sigmoid();
    case "maxpool2":
      return new MaxPool2d(2);
    case "flatten":
      return new Flatten();
    case "globalAvgPool":
      return new GlobalAvgPool2d();
  }
}
