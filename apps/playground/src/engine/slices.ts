import type { RunState } from "./progress.ts";

/** Milliseconds of work between two looks at the messages of the page: so long it takes at most to pause. */
const sliceMs = 12;

/** Milliseconds between two reports to the page. */
const reportMs = 60;

/** What a piece of work has brought; "looking" is not worth a report. */
interface Event {
  readonly kind: "step" | "scored" | "looking";
}

export interface Surroundings {
  /** Lets messages in. */
  readonly breathe: () => Promise<void>;
  /** Milliseconds. */
  readonly now: () => number;
}

/**
 * What has happened since the last report.
 * @param ms the time that it took; 0 if that says nothing.
 */
type Report<E> = (events: readonly E[], ms: number, state: RunState) => void;

/** Does work of many small pieces in slices, and reports at most some 16 times a second. */
export class Slices<E extends Event> {
  private readonly work: Iterator<E, void, void>;
  private readonly around: Surroundings;
  private readonly report: Report<E>;
  private unreported: E[] = [];
  private wanted = false;
  private active = false;
  private ended = false;
  /** The interludes that are under way or wait; nothing if there are none. */
  private interludes: Promise<unknown> | undefined;

  constructor(work: Iterator<E, void, void>, around: Surroundings, report: Report<E>) {
    this.work = work;
    this.around = around;
    this.report = report;
  }

  /** Until paused, or the end. What the work throws, the promise rejects with. */
  async run(): Promise<void> {
    this.wanted = true;
    if (this.active) return;
    this.active = true;
    const { breathe, now } = this.around;
    let reported = now();
    try {
      while (this.interludes) await this.interludes;
      while (this.wanted && !this.ended) {
        const start = now();
        while (!this.ended && now() - start < sliceMs) this.advance();
        if (now() - reported >= reportMs) {
          this.send(now() - reported);
          reported = now();
        }
        await breathe();
        while (this.interludes) await this.interludes;
      }
    } finally {
      this.wanted = false;
      this.active = false;
      this.send(now() - reported);
    }
  }

  pause(): void {
    this.wanted = false;
  }

  /** One batch, while it does not run. */
  async step(): Promise<void> {
    while (this.interludes) await this.interludes;
    if (this.active) return;
    while (!this.ended && this.advance()?.kind !== "step");
    this.send(0);
  }

  /**
   * Other work on the same model, in slices, too. This work waits meanwhile, so that all of the other sees the same weights.
   * @returns what the other work gives in the end
   */
  interlude<T>(work: Iterator<unknown, T, void>): Promise<T> {
    const done = Promise.resolve(this.interludes).then(() => this.inSlices(work));
    const settled: Promise<unknown> = done
      .catch(() => undefined) // whoever asked for the work is told
      .then(() => {
        if (this.interludes === settled) this.interludes = undefined;
      });
    this.interludes = settled;
    return done;
  }

  private async inSlices<T>(work: Iterator<unknown, T, void>): Promise<T> {
    const { breathe, now } = this.around;
    for (;;) {
      const start = now();
      do {
        const next = work.next();
        if (next.done) return next.value;
      } while (now() - start < sliceMs);
      await breathe();
    }
  }

  private advance(): E | undefined {
    const next = this.work.next();
    if (next.done) this.ended = true;
    else if (next.value.kind !== "looking") this.unreported.push(next.value);
    return next.done ? undefined : next.value;
  }

  private send(ms: number): void {
    const events = this.unreported;
    this.unreported = [];
    this.report(events, ms, this.ended ? "ended" : this.wanted ? "running" : "paused");
  }
}
