import { PointwiseError, UsageError } from "@pointwise/tensor";
import { readDigits } from "../engine/datasets/digits.ts";
import { compareWithWindows } from "../engine/search/compare.ts";
import { heldOutDigit } from "../engine/search/held-out-digit.ts";
import { Searcher } from "../engine/search/searcher.ts";
import type { TrainingData } from "../engine/training-data.ts";
import { Twins, TwinsRunner } from "../engine/twins/twins.ts";
import { breathe } from "./breathe.ts";
import type { DigitsFile } from "./digits-file.ts";
import type { Command, LabQuestion, Questions, ToPage } from "./protocol.ts";

type Asked<Q extends keyof Questions> = Questions[Q]["asked"];

/** What the worker holds for the 1×1 lab: the twins, and the dense one made into a searcher. */
export class LabHost {
  private readonly send: (message: ToPage) => void;
  private readonly digits: DigitsFile;
  private data: Promise<TrainingData> | undefined;
  private twins: { readonly both: Twins; readonly runner: TwinsRunner; readonly number: number } | undefined;
  private searcher: { readonly of: Twins; readonly score: number; readonly searcher: Searcher } | undefined;
  private opens = 0;

  constructor(send: (message: ToPage) => void, digits: DigitsFile) {
    this.send = send;
    this.digits = digits;
  }

  /** @throws PointwiseError (the promise rejects) with a text for the visitor */
  async answer(question: LabQuestion): Promise<Questions[LabQuestion["name"]]["answer"]> {
    switch (question.name) {
      case "openTwins":
        return this.open(question);
      case "heldOutDigit":
        return heldOutDigit(await this.load(question.digitsUrl), question.number);
      case "search":
        return this.currentSearcher().search(question.scene);
      case "compare":
        return compareWithWindows(this.currentSearcher(), question.scene, { breathe, now: () => performance.now() });
    }
  }

  command(command: Command): void {
    if (!this.twins) return;
    const { runner, number } = this.twins;
    if (command === "pause") runner.pause();
    else this.watch(number, async () => (command === "run" ? runner.run() : runner.step()));
  }

  private load(url: string): Promise<TrainingData> {
    this.data ??= this.digits
      .fetch(url)
      .then(readDigits)
      .catch((error) => {
        this.data = undefined;
        throw error;
      });
    return this.data;
  }

  private async open({
    seed,
    twins: number,
    digitsUrl,
  }: Asked<"openTwins">): Promise<Questions["openTwins"]["answer"]> {
    this.twins?.runner.pause();
    this.twins = undefined;
    this.searcher = undefined;
    const open = ++this.opens;
    const data = await this.load(digitsUrl);
    if (open !== this.opens) throw new UsageError("Other twins have been asked for since.");
    const both = new Twins(seed, data);
    const runner = new TwinsRunner(both, {
      breathe,
      now: () => performance.now(),
      report: (progress) => this.send({ kind: "twinsProgress", twins: number, progress }),
    });
    this.twins = { both, runner, number };
    const { stepsPerEpoch, totalSteps } = both.sessions.dense;
    return { stepsPerEpoch, totalSteps, heldOut: data.test.length };
  }

  /** Made anew at each score of the twins, not at each step: that takes longer than a search. */
  private currentSearcher(): Searcher {
    const both = this.twins?.both;
    if (!both || both.scoredAt === 0) throw new UsageError("There is no trained classifier yet. Train the twins.");
    if (this.searcher?.of !== both || this.searcher.score !== both.scoredAt) {
      this.searcher = { of: both, score: both.scoredAt, searcher: new Searcher(both.sessions.dense, both.step) };
    }
    return this.searcher.searcher;
  }

  private async watch(twins: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PointwiseError)) console.error(error);
      this.send({ kind: "twinsFailed", twins, message: error instanceof Error ? error.message : String(error) });
    }
  }
}
