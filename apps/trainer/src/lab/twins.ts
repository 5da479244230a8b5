import { valueAndGrad } from "@pointwise/autograd";
import { DataLoader, type Dataset } from "@pointwise/data";
import {
  Conv1x1,
  Conv2d,
  crossEntropy,
  Flatten,
  GlobalAvgPool2d,
  Linear,
  MaxPool2d,
  ReLU,
  Sequential,
} from "@pointwise/layers";
import { Adam, OneCycleLR } from "@pointwise/optimizers";
import { Rng, UsageError } from "@pointwise/tensor";
import { createProgress } from "../terminal/progress.ts";
import { type Evaluation, evaluateModel } from "../training/evaluate-model.ts";
import { breathe, type Interrupt } from "../training/interrupt.ts";

export interface Twin {
  readonly name: string;
  readonly model: Sequential;
  /** Where the head begins: the layers before it are the body that both twins have. */
  readonly headFrom: number;
  /** Of every batch. */
  readonly losses: number[];
  seconds: number;
  evaluation: Evaluation | undefined;
}

const batchSize = 64;
const bodyLayers = 7;

/**
 * The body, [N, 1, 28, 28] to [N, 32, 7, 7]: the same weights for both twins, as both are drawn from the same seed. Each place
 * of its map sees 19×19 pixels, most of a digit: the pooled head needs that, for it averages what single places say.
 */
function body(rng: Rng) {
  return [
    new Conv2d(1, 12, 5, { stride: 2, padding: 2, rng }),
    new ReLU(),
    new Conv2d(12, 24, 3, { padding: 1, rng }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(24, 32, 3, { padding: 1, rng }),
    new ReLU(),
  ] as const;
}

/** The twins: one body, then a dense head over the flattened map, or a 1×1 head with global average pooling. */
export function createTwins(seed: number): readonly [dense: Twin, pointwise: Twin] {
  const [a, b] = [new Rng(seed), new Rng(seed)];
  const dense = new Sequential(...body(a), new Flatten(), new Linear(32 * 7 * 7, 10, { rng: a }));
  const pointwise = new Sequential(
    ...body(b),
    new Conv1x1(32, 64, { rng: b }),
    new ReLU(),
    new Conv1x1(64, 10, { rng: b }),
    new GlobalAvgPool2d(),
  );
  return [twin("dense head", dense), twin("1×1 head", pointwise)];
}

const twin = (name: string, model: Sequential): Twin => ({
  name,
  model,
  headFrom: bodyLayers,
  losses: [],
  seconds: 0,
  evaluation: undefined,
});

/**
 * Trains both twins, batch by batch, on the same batches, and scores them on the held-out digits.
 * @returns whether it came to its end, and was not interrupted
 * @throws UsageError if a loss is no finite number
 */
export async function trainTwins(
  twins: readonly Twin[],
  data: { readonly train: Dataset; readonly test: Dataset },
  options: { readonly epochs: number; readonly seed: number },
  interrupt: Interrupt,
): Promise<boolean> {
  const rng = new Rng(options.seed).split();
  const loader = new DataLoader(data.train, { batchSize, shuffle: true, rng, dropLast: true });
  const total = loader.length * options.epochs;
  const learners = twins.map((twin) => {
    const optimizer = new Adam(twin.model.train().parameters());
    return { twin, optimizer, schedule: new OneCycleLR(optimizer, { maxLr: 0.01, totalSteps: total }) };
  });
  const progress = createProgress("Training both twins", total);
  let done = 0;
  try {
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      for (const [x, y] of loader) {
        await breathe();
        if (interrupt.signal) return false;
        for (const { twin, optimizer, schedule } of learners) {
          const began = performance.now();
          const [loss, grads] = valueAndGrad(() => crossEntropy(twin.model.forward(x), y), twin.model.parameters());
          optimizer.step(grads);
          if (done + 1 < total) schedule.step();
          twin.losses.push(checked(loss.item(), twin.name, done));
          twin.seconds += (performance.now() - began) / 1000;
        }
        progress.update(++done, Object.fromEntries(twins.map((t) => [`${t.name} loss`, recent(t.losses).toFixed(3)])));
      }
    }
  } finally {
    progress.stop();
  }
  for (const twin of twins) {
    twin.evaluation = await evaluateModel(`Scoring the ${twin.name}`, twin.model, data.test, 10, interrupt);
    if (!twin.evaluation) return false;
  }
  return true;
}

function checked(loss: number, name: string, step: number): number {
  if (Number.isFinite(loss)) return loss;
  throw new UsageError(
    `The loss of the ${name} is ${loss} after ${step + 1} steps: training diverged. Try another --seed.`,
  );
}

/** The mean of the last 20 losses. */
function recent(losses: readonly number[]): number {
  const last = losses.slice(-20);
  return last.reduce((sum, loss) => sum + loss, 0) / last.length;
}
