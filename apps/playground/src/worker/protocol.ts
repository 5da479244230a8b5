import type { OwnData } from "../engine/load-data.ts";
import type { Plane, Region } from "../engine/plane.ts";
import type { DataInfo } from "../engine/preview.ts";
import type { Progress } from "../engine/progress.ts";
import type { Comparison } from "../engine/search/compare.ts";
import type { HeldOutDigit } from "../engine/search/held-out-digit.ts";
import type { Scene } from "../engine/search/scene.ts";
import type { SearchAnswer } from "../engine/search/searcher.ts";
import type { TwinsProgress } from "../engine/twins/twins.ts";
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
  /** Makes new twins, in place of those before; they pause at their beginning. `twins` is the number that their reports carry. */
  readonly openTwins: {
    readonly asked: { readonly seed: number; readonly twins: number; readonly digitsUrl: string };
    readonly answer: { readonly stepsPerEpoch: number; readonly totalSteps: number; readonly heldOut: number };
  };
  /** The held-out digits have no order; after the last one the first comes again. */
  readonly heldOutDigit: {
    readonly asked: { readonly number: number; readonly digitsUrl: string };
    readonly answer: HeldOutDigit;
  };
  /** What the dense twin, as it was at its last score, says of a scene. */
  readonly search: { readonly asked: { readonly scene: Scene }; readonly answer: SearchAnswer };
  /** The same, and the same by cutting out each window. */
  readonly compare: { readonly asked: { readonly scene: Scene }; readonly answer: Comparison };
}

export type QuestionName = keyof Questions;

export type Question = { [Q in QuestionName]: { readonly name: Q } & Questions[Q]["asked"] }[QuestionName];

const labQuestions = ["openTwins", "heldOutDigit", "search", "compare"] as const;

export type LabQuestion = Question & { readonly name: (typeof labQuestions)[number] };

export const isOfLab = (question: Question): question is LabQuestion =>
  labQuestions.some((name) => name === question.name);

export type Command = "run" | "pause" | "step";

export type ToWorker =
  | { readonly kind: "ask"; readonly id: number; readonly question: Question }
  | { readonly kind: Command }
  | { readonly kind: "twins"; readonly command: Command };

export type ToPage =
  | { readonly kind: "answer"; readonly id: number; readonly answer: Questions[QuestionName]["answer"] }
  | { readonly kind: "refuse"; readonly id: number; readonly message: string }
  | { readonly kind: "progress"; readonly session: number; readonly progress: Progress }
  /** The training cannot go on. */
  | { readonly kind: "failed"; readonly session: number; readonly message: string }
  | { readonly kind: "twinsProgress"; readonly twins: number; readonly progress: TwinsProgress }
  | { readonly kind: "twinsFailed"; readonly twins: number; readonly message: string };
