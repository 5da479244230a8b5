import type { Saved } from "./fixtures.ts";

/** What PyTorch made of a layer: an entry of `fixtures/layers.json`. */
export interface LayerFixture {
  readonly name: string;
  readonly eval?: boolean;
  readonly before: Readonly<Record<string, Saved>>;
  readonly inputs: readonly Saved[];
  readonly output: Saved;
  readonly weights: Saved;
  /** null for the indices of an embedding. */
  readonly inputGrad: Saved | null;
  readonly grads: Readonly<Record<string, Saved>>;
  readonly after: Readonly<Record<string, Saved>>;
}
