import { batch, effect } from "@preact/signals";
import { dataInfo } from "../../state/data.ts";
import { client, sizes, status } from "../../state/training.ts";
import { regionOf } from "../train/draw-plane.ts";
import { follow } from "./follow.ts";
import {
  addGradients,
  chosen,
  filters,
  gradientCurves,
  insideProblem,
  isPlane,
  judgement,
  planeMaps,
  seen,
} from "./state.ts";

/** Milliseconds between two questions while it is trained; to judge all held-out samples takes the worker as long as some dozen steps. */
const [oftenMs, seldomMs] = [500, 3000];

/** Places of the plane along a side. */
const places = 28;

/** Keeps what the view shows up to date. @returns what ends it */
export function watchModel(): () => void {
  const fail = (message: string) => {
    insideProblem.value = message;
  };
  const changes = () => [sizes.value, status.value.step];
  const often = { restMs: oftenMs, fail };
  const ends = [
    effect(forget),
    follow(() => [changes(), chosen.value], look, often),
    follow(changes, lookAtWeights, often),
    follow(changes, lookAtGradients, often),
    follow(() => [changes(), status.value.state], judgeAll, { restMs: seldomMs, fail }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

let [shownSizes, shownInfo] = [sizes.peek(), dataInfo.peek()];

/** What was seen of a session that is closed. */
function forget(): void {
  const [current, info] = [sizes.value, dataInfo.value];
  batch(() => {
    if (info !== shownInfo) {
      [seen.value, planeMaps.value] = [undefined, undefined];
      chosen.value = { kind: "held-out", number: 0 };
    }
    if (current !== shownSizes) {
      [filters.value, judgement.value, insideProblem.value] = [[], undefined, undefined];
      gradientCurves.value = new Map();
    }
  });
  [shownSizes, shownInfo] = [current, info];
}

async function look(): Promise<void> {
  const what = chosen.peek();
  const found =
    what.kind === "drawn"
      ? { values: what.values, label: undefined }
      : await client.ask("heldOutSamples", { numbers: Int32Array.of(what.number) });
  const { values } = found;
  const answer = await client.ask("look", { values });
  const maps = isPlane.peek() ? await client.ask("lookAtPlane", { region: region(), n: places }) : undefined;
  batch(() => {
    const label = "labels" in found ? found.labels[0] : undefined;
    seen.value = { ...answer, chosen: what, values, label };
    planeMaps.value = maps;
    insideProblem.value = undefined;
  });
}

const region = () => regionOf(dataInfo.peek()?.samples.values ?? new Float32Array());

async function lookAtWeights(): Promise<void> {
  filters.value = await client.ask("filters", {});
}

async function lookAtGradients(): Promise<void> {
  const session = sizes.peek();
  const answer = await client.ask("gradients", {});
  if (answer && session === sizes.peek()) addGradients(answer.step, answer.norms);
}

async function judgeAll(): Promise<void> {
  judgement.value = await client.ask("judge", {});
}
