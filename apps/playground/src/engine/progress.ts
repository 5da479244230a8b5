import type { Score } from "./session.ts";

export type RunState = "running" | "paused" | "ended";

/** What has happened since the last report. */
export interface Progress {
  readonly steps: readonly { readonly step: number; readonly loss: number; readonly accuracy: number }[];
  /** The learning rate of the last of them. */
  readonly lr: number | undefined;
  readonly scores: readonly (Score & { readonly step: number })[];
  readonly samplesPerSecond: number | undefined;
  readonly state: RunState;
}
