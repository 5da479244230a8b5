import { effect, signal } from "@preact/signals";
import type { Plane } from "../../engine/plane.ts";
import { dataInfo } from "../../state/data.ts";
import { client, sizes, status } from "../../state/training.ts";
import { regionOf } from "./draw-plane.ts";

/** What the model says of the plane; nothing while there is no model for it. */
export const plane = signal<Plane | undefined>(undefined);

const places = 80;
/** Milliseconds between two questions. */
const restMs = 200;

let asking = false;
let shownFor: unknown;

async function ask(): Promise<void> {
  const info = dataInfo.peek();
  if (asking || !info || !sizes.peek() || shownFor === status.peek()) return;
  asking = true;
  const current = status.peek();
  try {
    const answer = await client.ask("plane", { region: regionOf(info.samples.values), n: places });
    if (dataInfo.peek() === info) [plane.value, shownFor] = [answer, current];
  } catch {
    // The session was closed meanwhile: the next one is asked when it is open.
  } finally {
    setTimeout(() => {
      asking = false;
      ask();
    }, restMs);
  }
}

effect(() => {
  const info = dataInfo.value;
  void [sizes.value, status.value];
  if (info?.inputShape.length === 1 && info.inputShape[0] === 2) ask();
  else plane.value = undefined;
});
