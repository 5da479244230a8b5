/** Training steps a second of a LeNet in eager mode. How to run it is in README.md. */
import { valueAndGrad } from "../packages/autograd/src/index.ts";
import { Conv2d, crossEntropy, Flatten, Linear, MaxPool2d, ReLU, Sequential } from "../packages/layers/src/index.ts";
import { Adam } from "../packages/optimizers/src/index.ts";
import { Rng } from "../packages/tensor/src/index.ts";

const [batch, stepsARound, rounds] = [64, 10, 9];

const rng = new Rng(0);
const model = new Sequential(
  new Conv2d(1, 16, 5, { padding: 2, rng }),
  new ReLU(),
  new MaxPool2d(2),
  new Conv2d(16, 32, 3, { padding: 1, rng }),
  new ReLU(),
  new MaxPool2d(2),
  new Flatten(),
  new Linear(32 * 7 * 7, 10, { rng }),
);
const parameters = model.parameters();
const optimizer = new Adam(parameters, { lr: 1e-3 });
const x = rng.normal([batch, 1, 28, 28]);
const y = rng.randint([batch], 0, 10);

function step(): number {
  const [loss, grads] = valueAndGrad(() => crossEntropy(model.forward(x), y), parameters);
  optimizer.step(grads);
  return loss.item();
}

/** Milliseconds on the wall and on the processor that a round takes. */
function round(): { wall: number; cpu: number } {
  const [start, before] = [performance.now(), process.cpuUsage()];
  for (let i = 0; i < stepsARound; i++) step();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
}

const first = step();
round(); // warms up
const measured = Array.from({ length: rounds }, round);
console.log(`LeNet, batch ${batch}, eager, Node ${process.version}: loss ${first.toFixed(4)} -> ${step().toFixed(4)}`);
for (const [name, key] of [
  ["wall clock", "wall"],
  ["processor", "cpu"],
] as const) {
  const speeds = measured.map((m) => (1000 * stepsARound) / m[key]).sort((a, b) => a - b);
  const [slowest, median, fastest] = [0, rounds >> 1, rounds - 1].map((i) => speeds[i]!.toFixed(2));
  console.log(
    `${median} steps/s by ${name} time (median of ${rounds} rounds of ${stepsARound}; ${slowest} to ${fastest})`,
  );
}
