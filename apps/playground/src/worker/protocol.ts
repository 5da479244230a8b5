import type { FileName } from "../engine/files/make-file.ts";
import type { Filters } from "../engine/filters.ts";
import type { GradientNorms } from "../engine/gradients.ts";
import type { Judgement } from "../engine/judge.ts";
import type { OwnData } from "../engine/load-data.ts";
import type { LayerMaps, Look } from "../engine/look.ts";
import type { Plane, Region } from "../engine/plane.ts";
import type { DataInfo, Samples } from "../engine/preview.ts";
import type { Progress } from "../engine/progress.ts";
import type { ReportRequest } from "../engine/report/report.ts";
import type { Comparison } from "../engine/search/compare.ts";
import type { HeldOutDigit } from "../engine/search/held-out-digit.ts";
import type { Scene } from "../engine/search/scene.ts";
import type { SearchAnswer } from "../engine/search/searcher.ts";
import type { Score } from "../engine/session.ts";
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
    readonly answer: Sizes;
  };
  /** The same, but with the weights of a safetensors file. If they do not fit, the session before stays. */
  readonly openWith: {
    readonly asked: Questions["open"]["asked"] & { readonly file: string; readonly bytes: Uint8Array<ArrayBuffer> };
    readonly answer: { readonly sizes: Sizes; readonly score: Score };
  };
  /** What each layer makes of a sample: values as they are before they are normalised. */
  readonly look: { readonly asked: { readonly values: Float32Array }; readonly answer: Look };
  /** What each neuron makes of a part of the plane, for samples with two features. */
  readonly lookAtPlane: { readonly asked: Questions["plane"]["asked"]; readonly answer: readonly LayerMaps[] };
  readonly heldOutSamples: { readonly asked: { readonly numbers: Int32Array }; readonly answer: Samples };
  readonly filters: { readonly asked: object; readonly answer: readonly Filters[] };
  /** What the model says of all held-out samples. */
  readonly judge: { readonly asked: object; readonly answer: Judgement };
  /** Nothing before the first step. */
  readonly gradients: { readonly asked: object; readonly answer: GradientNorms | undefined };
  readonly file: { readonly asked: { readonly file: FileName }; readonly answer: Uint8Array<ArrayBuffer> };
  readonly report: { readonly asked: ReportRequest; readonly answer: Uint8Array<ArrayBuffer> };
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

export interface Sizes {
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

export type QuestionName = keyof Questions;

export type Question = { [Q in QuestionName]: { readonly name: Q } & Questions[Q]["asked"] }[QuestionName];

const labQuestions = ["openTwins", "heldOutDigit", "search", "compare"] as const;

export type LabQuestion = Question & { readonly name: (typeof labQuestions)[number] };

export const isOfLab = (question: Question): question is LabQuestion =>
  labQuestions.some((name) => name === question.name);

const modelQuestions = [
  "look",
  "lookAtPlane",
  "heldOutSamples",
  "filters",
  "judge",
  "gradients",
  "file",
  "report",
] as const;

/** About the model of the session that is open. */
export type ModelQuestion = Question & { readonly name: (typeof modelQuestions)[number] };

export const isOfModel = (question: Question): question is ModelQuestion =>
  modelQuestions.some((name) => name === question.name);

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
