import { batch, signal } from "@preact/signals";
import type { RunState } from "../../../engine/progress.ts";
import type { BothAt, OfTwins, TwinsProgress } from "../../../engine/twins/twins.ts";
import { Curve } from "../../../state/curve.ts";
import { digitsUrl } from "../../../state/digits-url.ts";
import { client } from "../../../state/training.ts";
import type { Questions } from "../../../worker/protocol.ts";

export interface TwinsStatus {
  readonly state: RunState | "opening";
  readonly step: number;
  /** Of the last batch, before its step. */
  readonly batch: BothAt | undefined;
  /** The last on the held-out digits. */
  readonly score: BothAt | undefined;
}

const atStart: TwinsStatus = { state: "paused", step: 0, batch: undefined, score: undefined };

export const status = signal<TwinsStatus>(atStart);

/** Of the twins that the worker holds; nothing until they are run for the first time. */
export const sizes = signal<Questions["openTwins"]["answer"] | undefined>(undefined);

/** Of the weights and of the order of the digits. */
export const seed = signal(0);

/** Why they cannot be trained. */
export const problem = signal<string | undefined>(undefined);

interface TwinCurves {
  readonly loss: OfTwins<Curve>;
  readonly accuracy: OfTwins<Curve>;
  readonly heldOut: OfTwins<Curve>;
}

/** Few points, so that each is the mean of some batches: single ones jump. */
const points = 110;
const curveOfEach = (): OfTwins<Curve> => ({ dense: new Curve(points), pointwise: new Curve(points) });
const emptyCurves = (): TwinCurves => ({ loss: curveOfEach(), accuracy: curveOfEach(), heldOut: curveOfEach() });

/** A new object whenever there is a new point; the curves in it are the same. */
export const curves = signal<TwinCurves>(emptyCurves());

/** The number of the twins that are shown: what older ones still report is not heard. */
let twins = 0;

client.listen((message) => {
  if (message.kind !== "twinsProgress" && message.kind !== "twinsFailed") return;
  if (message.twins !== twins) return;
  if (message.kind === "twinsProgress") hear(message.progress);
  else fail(message.message);
});

function hear({ steps, scores, state }: TwinsProgress): void {
  const { loss, accuracy, heldOut } = curves.value;
  for (const name of ["dense", "pointwise"] as const) {
    for (const at of steps) {
      loss[name].add(at.step, at[name].loss);
      accuracy[name].add(at.step, at[name].accuracy);
    }
    for (const at of scores) heldOut[name].add(at.step, at[name].accuracy);
  }
  batch(() => {
    const before = status.value;
    const last = steps.at(-1) ?? before.batch;
    status.value = { state, step: last?.step ?? 0, batch: last, score: scores.at(-1) ?? before.score };
    if (steps.length + scores.length > 0) curves.value = { ...curves.value };
  });
}

function fail(message: string): void {
  batch(() => {
    problem.value = message;
    sizes.value = undefined;
    status.value = { ...status.value, state: "paused" };
  });
}

/** From where they are; from the beginning if there are none, or they are at their end. */
export async function run(): Promise<void> {
  if (status.value.state === "opening") return;
  if (status.value.state === "ended") reset();
  if (!sizes.value && !(await open())) return;
  client.commandTwins("run");
}

export function pause(): void {
  client.commandTwins("pause");
}

export function reset(): void {
  twins++;
  client.commandTwins("pause");
  batch(() => {
    status.value = atStart;
    curves.value = emptyCurves();
    sizes.value = undefined;
    problem.value = undefined;
  });
}

export function changeSeed(value: number): void {
  seed.value = value;
  reset();
}

/** @returns whether there are twins now, and still those that were asked for */
async function open(): Promise<boolean> {
  reset();
  const mine = twins;
  status.value = { ...atStart, state: "opening" };
  try {
    const opened = await client.ask("openTwins", { seed: seed.value, twins: mine, digitsUrl: digitsUrl() });
    if (mine !== twins) return false;
    batch(() => {
      sizes.value = opened;
      status.value = atStart;
    });
    return true;
  } catch (error) {
    if (mine === twins) fail(error instanceof Error ? error.message : String(error));
    return false;
  }
}
