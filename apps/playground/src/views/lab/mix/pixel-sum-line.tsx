import { writeNumber, writeOperand } from "../write-number.ts";
import type { PixelSum } from "./pixel-sum.ts";

/** weight · value + weight · value + … + bias = total */
export function PixelSumLine({ sum }: { readonly sum: PixelSum }) {
  return (
    <span class="sum-line">
      {sum.terms.map(({ weight, value }, c) => (
        <span key={c}>
          {c > 0 && "+ "}
          <b class={signClass(weight)}>{c > 0 ? writeOperand(weight) : writeNumber(weight)}</b> · {writeNumber(value)}
        </span>
      ))}
      <span>
        + <b class={signClass(sum.bias)}>{writeOperand(sum.bias)}</b>
      </span>
      <span>
        = <strong>{writeNumber(sum.total)}</strong>
      </span>
    </span>
  );
}

function signClass(value: number): string | undefined {
  if (value === 0) return undefined;
  return value < 0 ? "minus" : "plus";
}
