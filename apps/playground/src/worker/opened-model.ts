import { filtersOf } from "../engine/filters.ts";
import { GradientWatch } from "../engine/gradients.ts";
import { type Judgement, judge } from "../engine/judge.ts";
import { heldOutSamples, look, lookAtPlane } from "../engine/look.ts";
import type { ReportRequest } from "../engine/report/report.ts";
import type { Runner } from "../engine/runner.ts";
import type { Session } from "../engine/session.ts";
import type { ModelQuestion, Questions } from "./protocol.ts";

/** The session that is open, and what can be asked about its model. No question changes anything of the training. */
export class OpenedModel {
  readonly session: Session;
  readonly runner: Runner;
  private watch: GradientWatch | undefined;

  constructor(session: Session, runner: Runner) {
    this.session = session;
    this.runner = runner;
  }

  /** @throws PointwiseError (the promise rejects) with a text for the visitor */
  async answer(question: ModelQuestion): Promise<Questions[ModelQuestion["name"]]["answer"]> {
    const { session } = this;
    switch (question.name) {
      case "look":
        return look(session, question.values);
      case "lookAtPlane":
        return lookAtPlane(session, question.region, question.n);
      case "heldOutSamples":
        return heldOutSamples(session, question.numbers);
      case "filters":
        return filtersOf(session);
      case "judge":
        return this.judge();
      case "gradients":
        this.watch ??= new GradientWatch(session);
        return this.watch.look();
      case "file": {
        const { makeFile } = await import("../engine/files/make-file.ts");
        return makeFile(session, question.file);
      }
      case "report":
        return this.report(question);
    }
  }

  private judge(): Promise<Judgement> {
    return this.runner.interlude(judge(this.session));
  }

  private async report(request: ReportRequest): Promise<Questions["report"]["answer"]> {
    const { session, runner } = this;
    const { renderReport } = await import("../engine/report/report.ts");
    function* work() {
      const judgement = yield* judge(session);
      return new TextEncoder().encode(renderReport(session, judgement, request));
    }
    return runner.interlude(work());
  }
}
