import { signShade } from "./sign-shade.ts";
import type { WeightRange } from "./turn-weight.ts";
import { onTurningKey, useDragging } from "./use-turning.ts";
import { writeNumber } from "./write-number.ts";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly range: WeightRange;
  readonly onTurn: (value: number) => void;
  /** Whether it is marked. */
  readonly touched: boolean;
  /** When it gets the pointer or the focus, and when it loses it. */
  readonly onTouch: (touched: boolean) => void;
}

/** A number that is dragged up and down, or turned by the keys of a slider. */
export function WeightCell({ label, value, range, onTurn, touched, onTouch }: Props) {
  return (
    <div
      class={touched ? "weight-cell touched" : "weight-cell"}
      style={signShade(value / range.max)}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={range.min}
      aria-valuemax={range.max}
      aria-valuenow={value}
      aria-valuetext={writeNumber(value)}
      title={label}
      onPointerEnter={() => onTouch(true)}
      onPointerLeave={() => onTouch(false)}
      onFocus={() => onTouch(true)}
      onBlur={() => onTouch(false)}
      onKeyDown={onTurningKey(value, range, onTurn)}
      {...useDragging(value, range, onTurn)}
    >
      {writeNumber(value)}
    </div>
  );
}
