import { PointwiseError, UsageError } from "@pointwise/tensor";
import { judge, scoreOf } from "../engine/judge.ts";
import { loadData } from "../engine/load-data.ts";
import { classifyPlane } from "../engine/plane.ts";
import { describeData } from "../engine/preview.ts";
import { Runner } from "../engine/runner.ts";
import { Session } from "../engine/session.ts";
import type { TrainingData } from "../engine/training-data.ts";
import type { Weights } from "../engine/weights.ts";
import { breathe } from "./breathe.ts";
import type { DigitsFile } from "./digits-file.ts";
import { OpenedModel } from "./opened-model.ts";
import { isOfModel, type LabQuestion, type Question, type Questions, type ToPage } from "./protocol.ts";

type Asked<Q extends keyof Questions> = Questions[Q]["asked"];

/** What the worker holds: the data, one session, and its runner. */
export class Host {
  private readonly send: (message: ToPage) => void;
  private data: TrainingData | undefined;
  private model: OpenedModel | undefined;
  private number = 0;
  private loads = 0;
  private opens = 0;
  private readonly digits: DigitsFile;

  constructor(send: (message: ToPage) => void, digits: DigitsFile) {
    this.send = send;
    this.digits = digits;
  }

  /** @throws PointwiseError (the promise rejects) with a text for the visitor */
  async answer(question: Exclude<Question, LabQuestion>): Promise<Questions[Question["name"]]["answer"]> {
    if (isOfModel(question)) return this.opened().answer(question);
    switch (question.name) {
      case "load":
        return this.load(question);
      case "open":
        return this.open(question);
      case "openWith":
        return this.openWith(question);
      case "plane":
        return classifyPlane(this.opened().session, question.region, question.n);
    }
  }

  command(kind: "run" | "pause" | "step"): void {
    if (!this.model) return;
    const { number } = this;
    const { runner } = this.model;
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

  private open({ experiment, session: number }: Asked<"open">, weights?: Weights): Questions["open"]["answer"] {
    this.opens++;
    if (!weights) this.close();
    if (!this.data) throw new UsageError("There are no samples yet to train on. Choose some.");
    const session = new Session(experiment, this.data, weights);
    this.close();
    this.number = number;
    const runner = new Runner(session, {
      breathe,
      now: () => performance.now(),
      report: (progress) => this.send({ kind: "progress", session: number, progress }),
    });
    this.model = new OpenedModel(session, runner);
    const { batchSize, stepsPerEpoch, totalSteps } = session;
    return { batchSize, stepsPerEpoch, totalSteps };
  }

  private async openWith({ file, bytes, ...opened }: Asked<"openWith">): Promise<Questions["openWith"]["answer"]> {
    const open = ++this.opens;
    const { readWeights } = await import("../engine/files/weights-file.ts");
    if (open !== this.opens) throw new UsageError(`Another model has been opened while ${file} was read.`);
    const sizes = this.open(opened, readWeights(file, bytes));
    const { session, runner } = this.opened();
    return { sizes, score: scoreOf(await runner.interlude(judge(session))) };
  }

  private close(): void {
    this.model?.runner.pause();
    this.model = undefined;
  }

  private opened(): OpenedModel {
    if (!this.model) throw new UsageError("There is no model yet.");
    return this.model;
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
