import type { Progress, RunState } from "./progress.ts";
import type { Session, TrainingEvent } from "./session.ts";
import { Slices, type Surroundings } from "./slices.ts";

/** Runs a session in slices. */
export class Runner extends Slices<TrainingEvent> {
  constructor(session: Session, around: Surroundings & { readonly report: (progress: Progress) => void }) {
    super(session.work, around, (events, ms, state) => around.report(progressOf(session, events, ms, state)));
  }
}

function progressOf({ batchSize }: Session, events: readonly TrainingEvent[], ms: number, state: RunState): Progress {
  const steps = events.flatMap((event) => (event.kind === "step" ? [event] : []));
  const scored = events.flatMap((event) => (event.kind === "scored" ? [event] : []));
  return {
    steps: steps.map(({ step, loss, accuracy }) => ({ step, loss, accuracy })),
    lr: steps.at(-1)?.lr,
    scores: scored.map(({ step, score }) => ({ step, ...score })),
    samplesPerSecond: ms > 0 ? (1000 * steps.length * batchSize) / ms : undefined,
    state,
  };
}
