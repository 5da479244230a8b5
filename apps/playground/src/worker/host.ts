import { PointwiseError, UsageError } from "@pointwise/tensor";
import { loadData } from "../engine/load-data.ts";
import { classifyPlane } from "../engine/plane.ts";
import { describeData } from "../engine/preview.ts";
import { Runner } from "../engine/runner.ts";
import { Session } from "../engine/session.ts";
import type { TrainingData } from "../engine/training-data.ts";
import { breathe } from "./breathe.ts";
import type { DigitsFile } from "./digits-file.ts";
import type { LabQuestion, Question, Questions, ToPage } from "./protocol.ts";

type Asked<Q extends keyof Questions> = Questions[Q]["asked"];

/** What the worker holds: the data, one session, and its runner. */
export class Host {
  private readonly send: (message: ToPage) => void;
  private data: TrainingData | undefined;
  private session: Session | undefined;
  private runner: Runner | undefined;
  private number = 0;
  private loads = 0;
  private readonly digits: DigitsFile;

  constructor(send: (message: ToPage) => void, digits: DigitsFile) {
    this.send = send;
    this.digits = digits;
  }

  /** @throws PointwiseError (the promise rejects) with a text for the visitor */
  async answer(question: Exclude<Question, LabQuestion>): Promise<Questions[Question["name"]]["answer"]> {
    switch (question.name) {
      case "load":
        return this.load(question);
      case "open":
        return this.open(question);
      case "plane":
        return classifyPlane(this.opened(), question.region, question.n);
    }
  }

  command(kind: "run" | "pause" | "step"): void {
    const { runner, number } = this;
    if (!runner) return;
    if (kind === "pause") runner.pause();
    else this.watch(number, async () => (kind === "run" ? runner.run() : runner.step()));
  }

  private async load({ choice, own, digitsUrl }: Asked<"load">): Promise<Questions["load"]["answer"]> {
    this.close();
    this.data = undefined;
    const load = ++this.loads;
    const data = await loadData(choice, own, () => this.digits.fetch(digitsUrl));
    if (load !== this.loads) throw new UsageError("Other samples have been chosen since.");
    this.data = data;
    return data && describeData(data);
  }

  private open({ experiment, session: number }: Asked<"open">): Questions["open"]["answer"] {
    this.close();
    if (!this.data) throw new UsageError("There are no samples yet to train on. Choose some.");
    const session = new Session(experiment, this.data);
    this.session = session;
    this.number = number;
    this.runner = new Runner(session, {
      breathe,
      now: () => performance.now(),
      report: (progress) => this.send({ kind: "progress", session: number, progress }),
    });
    const { batchSize, stepsPerEpoch, totalSteps } = session;
    return { batchSize, stepsPerEpoch, totalSteps };
  }

  private close(): void {
    this.runner?.pause();
    this.runner = undefined;
    this.session = undefined;
  }

  private opened(): Session {
    if (!this.session) throw new UsageError("There is no model yet.");
    return this.session;
  }

  private async watch(session: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PointwiseError)) console.error(error);
      this.send({ kind: "failed", session, message: error instanceof Error ? error.message : String(error) });
    }
  }
}
