import { DataLoader } from "@pointwise/data";
import { type Score, type Session, slice } from "./session.ts";

/** What a model says of each held-out sample, in their order. */
export interface Judgement {
  readonly labels: Int32Array;
  readonly said: Int32Array;
  /** The probability of what is said. */
  readonly sureness: Float32Array;
  /** −log of the probability of the label. */
  readonly losses: Float32Array;
}

/** Asks the model about all held-out samples, some of them at each `next()`. */
export function* judge({ data, logitsOf }: Session): Generator<void, Judgement, void> {
  const count = data.test.length;
  const classes = data.classes.length;
  const [labels, said] = [new Int32Array(count), new Int32Array(count)];
  const [sureness, losses] = [new Float32Array(count), new Float32Array(count)];
  let at = 0;
  for (const [x, y] of new DataLoader(data.test, { batchSize: slice })) {
    const scores = logitsOf(x).data;
    for (let row = 0; row < y.size; row++, at++) {
      const own = Array.from(scores.subarray(row * classes, (row + 1) * classes));
      const most = Math.max(...own);
      const logSum = Math.log(own.reduce((sum, score) => sum + Math.exp(score - most), 0));
      labels[at] = y.data[row]!;
      said[at] = own.indexOf(most);
      sureness[at] = Math.exp(-logSum);
      losses[at] = logSum + most - own[labels[at]!]!;
    }
    yield;
  }
  return { labels, said, sureness, losses };
}

export function scoreOf({ labels, said, losses }: Judgement): Score {
  const right = labels.reduce((sum, label, i) => sum + Number(label === said[i]), 0);
  return { loss: losses.reduce((a, b) => a + b, 0) / labels.length, accuracy: right / labels.length };
}

/** [truth][said]: how many. */
export function confusionOf({ labels, said }: Judgement, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [i, label] of labels.entries()) counts[label]![said[i]!]!++;
  return counts;
}

/** The numbers of the wrong ones, that with the highest loss first. */
export function worstMistakes({ labels, said, losses }: Judgement, most: number): number[] {
  const wrong = Array.from(labels.keys()).filter((i) => labels[i] !== said[i]);
  return wrong.sort((a, b) => losses[b]! - losses[a]!).slice(0, most);
}
