import { batch, effect, signal } from "@preact/signals";
import type { Progress, RunState } from "../engine/progress.ts";
import type { Score } from "../engine/session.ts";
import { knownShape } from "../experiment/data-choice.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { Client } from "../worker/client.ts";
import type { Questions } from "../worker/protocol.ts";
import { Curve } from "./curve.ts";
import { dataInfo, dataProblem, ownData } from "./data.ts";
import { digitsUrl } from "./digits-url.ts";
import { experiment, model, startWith } from "./experiment.ts";

/** The numbers of a training that is under way. */
export interface Status {
  readonly state: RunState;
  readonly step: number;
  readonly loss: number | undefined;
  readonly lr: number | undefined;
  readonly samplesPerSecond: number | undefined;
  readonly score: Progress["scores"][number] | undefined;
}

const atStart: Status = {
  state: "paused",
  step: 0,
  loss: undefined,
  lr: undefined,
  samplesPerSecond: undefined,
  score: undefined,
};

export const status = signal<Status>(atStart);

/** Of the session that is open; nothing while there is none, so that nothing can be run. */
export const sizes = signal<Questions["open"]["answer"] | undefined>(undefined);

/** The file whose weights the session began with; nothing where the seed has drawn them, as the link says. */
export const weightsFile = signal<string | undefined>(undefined);

/** Why there is no session, or why it cannot go on, where neither the blocks nor the data say so themselves. */
export const problem = signal<string | undefined>(undefined);

export interface Curves {
  readonly loss: Curve;
  readonly accuracy: Curve;
  readonly heldOutLoss: Curve;
  readonly heldOutAccuracy: Curve;
}

const emptyCurves = (): Curves => ({
  loss: new Curve(),
  accuracy: new Curve(),
  heldOutLoss: new Curve(),
  heldOutAccuracy: new Curve(),
});

/** A new object whenever there is a new point; the curves in it are the same. */
export const curves = signal<Curves>(emptyCurves());

export const client = new Client();

client.listen((message) => {
  if (message.kind !== "progress" && message.kind !== "failed") return;
  if (message.session !== session) return; // of a session that is closed
  if (message.kind === "progress") hear(message.progress);
  else {
    problem.value = message.message;
    sizes.value = undefined;
  }
});

/** Of the session that is open, and of the last one that was asked for. */
let [session, lastSession] = [0, 0];

function hear({ steps, scores, lr, samplesPerSecond, state }: Progress): void {
  const { loss, accuracy, heldOutLoss, heldOutAccuracy } = curves.value;
  for (const at of steps) {
    loss.add(at.step, at.loss);
    accuracy.add(at.step, at.accuracy);
  }
  for (const at of scores) {
    heldOutLoss.add(at.step, at.loss);
    heldOutAccuracy.add(at.step, at.accuracy);
  }
  const before = status.value;
  batch(() => {
    status.value = {
      state,
      step: steps.at(-1)?.step ?? before.step,
      loss: steps.at(-1)?.loss ?? before.loss,
      lr: lr ?? before.lr,
      samplesPerSecond: smooth(before.samplesPerSecond, samplesPerSecond),
      score: scores.at(-1) ?? before.score,
    };
    if (steps.length + scores.length > 0) curves.value = { ...curves.value };
  });
}

const smooth = (before: number | undefined, now: number | undefined): number | undefined =>
  now === undefined || before === undefined ? (now ?? before) : before + 0.2 * (now - before);

/** Closes the session that there is, and opens one for the experiment, once edits have come to rest. */
export function reset({ thenRun = false } = {}): void {
  session = ++lastSession;
  batch(() => {
    status.value = atStart;
    curves.value = emptyCurves();
    sizes.value = undefined;
    weightsFile.value = undefined;
    problem.value = undefined;
  });
  client.command("pause");
  clearTimeout(timer);
  timer = setTimeout(() => open(experiment.value, thenRun), restMs);
}

const restMs = 150;
let timer: ReturnType<typeof setTimeout> | undefined;

async function open(wanted: Experiment, thenRun: boolean): Promise<void> {
  if (!dataInfo.value || !model.value || model.value.problem) return; // the data and the blocks say why themselves
  const mine = session;
  try {
    const opened = await client.ask("open", { experiment: wanted, session: mine });
    if (mine !== session) return;
    sizes.value = opened;
    if (thenRun) client.command("run");
  } catch (error) {
    if (mine === session) problem.value = error instanceof Error ? error.message : String(error);
  }
}

/**
 * Starts anew from the weights of a safetensors file. @throws Error (the promise rejects) that says what does not fit; the session before stays
 * @returns the score on the held-out samples
 */
export async function openWith(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<Score> {
  const [before, mine] = [session, ++lastSession];
  const opened = await client.ask("openWith", { experiment: experiment.peek(), session: mine, file, bytes });
  if (before !== session) throw new Error(`The experiment has changed since: load ${file} again.`);
  session = mine;
  batch(() => {
    status.value = atStart;
    curves.value = emptyCurves();
    sizes.value = opened.sizes;
    weightsFile.value = file;
    problem.value = undefined;
  });
  return opened.score;
}

async function load(): Promise<void> {
  const choice = experiment.peek().data;
  const own = ownData.peek();
  dataInfo.value = undefined;
  dataProblem.value = undefined;
  const isCurrent = () => JSON.stringify(experiment.peek().data) === JSON.stringify(choice) && ownData.peek() === own;
  try {
    const info = await client.ask("load", { choice, own, digitsUrl: digitsUrl() });
    if (!isCurrent()) return;
    batch(() => {
      dataInfo.value = info;
      // A visitor's own samples have as many classes and features as they have: a model that does not fit makes way for one that does.
      if (info && knownShape(choice) === undefined && model.value?.problem) startWith(choice, info.classes.length);
    });
  } catch (error) {
    if (isCurrent()) dataProblem.value = error instanceof Error ? error.message : String(error);
  }
}

let loaded: string | undefined;
let loadedOwn: unknown;

// Another choice of data, or other data of the visitor's own.
effect(() => {
  const choice = JSON.stringify(experiment.value.data);
  if (choice === loaded && ownData.value === loadedOwn) return;
  [loaded, loadedOwn] = [choice, ownData.value];
  load();
});

// Every edit starts anew: the curve is always that of the experiment which the link names.
effect(() => {
  void [experiment.value, dataInfo.value];
  reset();
});
