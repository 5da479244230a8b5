import type { Progress } from "./progress.ts";
import type { Session, TrainingEvent } from "./session.ts";

/** Milliseconds of work between two looks at the messages of the page: so long it takes at most to pause. */
const sliceMs = 12;

/** Milliseconds between two reports to the page. */
const reportMs = 60;

interface Surroundings {
  /** Lets messages in. */
  readonly breathe: () => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
  readonly report: (progress: Progress) => void;
}

/** Runs a session in slices, and reports at most some 16 times a second. */
export class Runner {
  private readonly session: Session;
  private readonly around: Surroundings;
  private unreported: TrainingEvent[] = [];
  private wanted = false;
  private active = false;
  private ended = false;

  constructor(session: Session, around: Surroundings) {
    this.session = session;
    this.around = around;
  }

  /** Until paused, or the end. @throws UsageError (the promise rejects) if the loss is no finite number any more. */
  async run(): Promise<void> {
    this.wanted = true;
    if (this.active) return;
    this.active = true;
    const { breathe, now } = this.around;
    let reported = now();
    try {
      while (this.wanted && !this.ended) {
        const start = now();
        while (!this.ended && now() - start < sliceMs) this.advance();
        if (now() - reported >= reportMs) {
          this.report(now() - reported);
          reported = now();
        }
        await breathe();
      }
    } finally {
      this.wanted = false;
      this.active = false;
      this.report(now() - reported);
    }
  }

  pause(): void {
    this.wanted = false;
  }

  /** One batch, while it does not run. */
  step(): void {
    if (this.active) return;
    while (!this.ended && this.advance()?.kind !== "step");
    this.report(0);
  }

  private advance(): TrainingEvent | undefined {
    const next = this.session.work.next();
    if (next.done) this.ended = true;
    else if (next.value.kind !== "looking") this.unreported.push(next.value);
    return next.done ? undefined : next.value;
  }

  /** @param ms the time that the steps since the last report took; 0 if that says nothing. */
  private report(ms: number): void {
    const steps = this.unreported.flatMap((event) => (event.kind === "step" ? [event] : []));
    const scored = this.unreported.flatMap((event) => (event.kind === "scored" ? [event] : []));
    this.unreported = [];
    this.around.report({
      steps: steps.map(({ step, loss, accuracy }) => ({ step, loss, accuracy })),
      lr: steps.at(-1)?.lr,
      scores: scored.map(({ step, score }) => ({ step, ...score })),
      samplesPerSecond: ms > 0 ? (1000 * steps.length * this.session.batchSize) / ms : undefined,
      state: this.ended ? "ended" : this.wanted ? "running" : "paused",
    });
  }
}
