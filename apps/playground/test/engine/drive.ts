import type { Score, Session } from "../../src/engine/session.ts";

/** Does so many steps of a training, and looks at the held-out samples where that is due after one of them. */
export function advance(session: Session, steps: number): { losses: number[]; score: Score | undefined } {
  const losses: number[] = [];
  let score: Score | undefined;
  const isDue = () => session.lastBatch!.step % Math.min(50, session.stepsPerEpoch) === 0;
  for (let next = session.work.next(); !next.done; next = session.work.next()) {
    const event = next.value;
    if (event.kind === "step") losses.push(event.loss);
    if (event.kind === "scored") score = event.score;
    if (losses.length === steps && (event.kind === "scored" || !isDue())) break;
  }
  return { losses, score };
}

/** What work of many pieces gives in the end. */
export function finish<T>(work: Iterator<unknown, T, void>): T {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}
