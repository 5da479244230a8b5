import type { OwnData } from "../engine/load-data.ts";
import type { Plane, Region } from "../engine/plane.ts";
import type { DataInfo } from "../engine/preview.ts";
import type { Progress } from "../engine/progress.ts";
import type { DataChoice } from "../experiment/data-choice.ts";
import type { Experiment } from "../experiment/experiment.ts";

/** What the page may ask, and what it is answered. What cannot be is refused with a text for the visitor. */
export interface Questions {
  /** Loads the data that later sessions use; the answer is nothing where the visitor's own are wanted and not there yet. */
  readonly load: {
    readonly asked: { readonly choice: DataChoice; readonly own: OwnData; readonly digitsUrl: string };
    readonly answer: DataInfo | undefined;
  };
  /** Makes a new session, in place of the one before; it pauses at its beginning. `session` is the number that its reports carry. */
  readonly open: {
    readonly asked: { readonly experiment: Experiment; readonly session: number };
    readonly answer: { readonly batchSize: number; readonly stepsPerEpoch: number; readonly totalSteps: number };
  };
  /** What the model says of a part of the plane, for samples with two features. */
  readonly plane: { readonly asked: { readonly region: Region; readonly n: number }; readonly answer: Plane };
}

export type QuestionName = keyof Questions;

export type Question = { [Q in QuestionName]: { readonly name: Q } & Questions[Q]["asked"] }[QuestionName];

export type ToWorker =
  | { readonly kind: "ask"; readonly id: number; readonly question: Question }
  | { readonly kind: "run" | "pause" | "step" };

export type ToPage =
  | { readonly kind: "answer"; readonly id: number; readonly answer: Questions[QuestionName]["answer"] }
  | { readonly kind: "refuse"; readonly id: number; readonly message: string }
  | { readonly kind: "progress"; readonly session: number; readonly progress: Progress }
  /** The training cannot go on. */
  | { readonly kind: "failed"; readonly session: number; readonly message: string };
