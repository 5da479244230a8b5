import type { RunState } from "../progress.ts";
import { type Score, Session, type TrainingEvent } from "../session.ts";
import { Slices, type Surroundings } from "../slices.ts";
import type { TrainingData } from "../training-data.ts";
import { type TwinName, twinExperiment } from "./twin-experiments.ts";

export type OfTwins<T> = Readonly<Record<TwinName, T>>;

export type TwinsEvent =
  | ({ readonly kind: "step" | "scored"; readonly step: number } & OfTwins<Score>)
  | { readonly kind: "looking" };

/** Two trainings that differ in the head alone, a batch of the one and then the same batch of the other. */
export class Twins {
  readonly sessions: OfTwins<Session>;
  /** All of it, a piece at each `next()`; an event says what both have done. */
  readonly work: Iterator<TwinsEvent, void, void>;
  /** Steps that both have done. */
  step = 0;
  /** The step at which they were last scored on the held-out digits; 0 before the first time. */
  scoredAt = 0;

  constructor(seed: number, digits: TrainingData) {
    this.sessions = {
      dense: new Session(twinExperiment("dense", seed), digits),
      pointwise: new Session(twinExperiment("pointwise", seed), digits),
    };
    this.work = this.train();
  }

  private *train(): Generator<TwinsEvent, void, void> {
    for (;;) {
      const dense = yield* nextOf(this.sessions.dense);
      yield { kind: "looking" };
      const pointwise = yield* nextOf(this.sessions.pointwise);
      if (!dense || !pointwise) return;
      this.step = dense.step;
      if (dense.kind === "scored") this.scoredAt = dense.step;
      yield { kind: dense.kind, step: dense.step, dense: scoreOf(dense), pointwise: scoreOf(pointwise) };
    }
  }
}

type Done = Exclude<TrainingEvent, { kind: "looking" }>;

/** The next step or score, and nothing at the end. */
function* nextOf({ work }: Session): Generator<TwinsEvent, Done | undefined, void> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return undefined;
    if (value.kind !== "looking") return value;
    yield { kind: "looking" };
  }
}

const scoreOf = (event: Done): Score =>
  event.kind === "step" ? { loss: event.loss, accuracy: event.accuracy } : event.score;

export type BothAt = { readonly step: number } & OfTwins<Score>;

/** What has happened since the last report. */
export interface TwinsProgress {
  /** Of batches, before their steps. */
  readonly steps: readonly BothAt[];
  /** On the held-out digits. */
  readonly scores: readonly BothAt[];
  readonly state: RunState;
}

/** Runs both in slices. */
export class TwinsRunner extends Slices<TwinsEvent> {
  constructor({ work }: Twins, around: Surroundings & { readonly report: (progress: TwinsProgress) => void }) {
    super(work, around, (events, _ms, state) => {
      const of = (kind: "step" | "scored") =>
        events.flatMap((e) => (e.kind === kind ? [{ step: e.step, dense: e.dense, pointwise: e.pointwise }] : []));
      around.report({ steps: of("step"), scores: of("scored"), state });
    });
  }
}
