import { writeDifference } from "./write-number.ts";

interface Props {
  readonly claim: string;
  /** Between what is shown and what a layer of @pointwise/layers computes. */
  readonly difference: number;
  readonly why?: string;
}

/** A line that says how far two computations are apart, measured just now. */
export function Proof({ claim, difference, why }: Props) {
  return (
    <p class="proof">
      {claim} <output class={difference === 0 ? "good" : "wrong"}>{writeDifference(difference)}</output>
      {why && <span class="muted">{why}</span>}
    </p>
  );
}
