import type { ComponentChildren } from "preact";
import { signShade } from "../sign-shade.ts";
import { writeNumber } from "../write-number.ts";

interface Props {
  /** In reading order; undefined is not known yet. */
  readonly values: readonly (number | undefined)[];
  readonly columns: number;
  readonly label: string;
  /** The value that is tinted most. */
  readonly largest: number;
  /** The index of a cell to be framed. */
  readonly current?: number;
  /** Cells that are pale. */
  readonly isPale?: (index: number) => boolean;
  readonly onChoose?: (index: number) => void;
  /** What lies over the cells. */
  readonly children?: ComponentChildren;
}

/** A small map with its numbers. */
export function NumberGrid({ values, columns, label, largest, current, isPale, onChoose, children }: Props) {
  const choose = (event: PointerEvent) => {
    const cell = event.target instanceof HTMLElement ? event.target.dataset.index : undefined;
    if (cell !== undefined) onChoose?.(Number(cell));
  };
  return (
    <div
      class={onChoose ? "number-grid choosable" : "number-grid"}
      style={{ "--columns": columns }}
      role="img"
      aria-label={label}
      onPointerUp={choose}
    >
      {values.map((value, i) => (
        <span
          key={`${i}`}
          data-index={i}
          class={cellClass(value, i === current, isPale?.(i) ?? false)}
          style={signShade((value ?? 0) / largest)}
        >
          {value !== undefined && writeNumber(value)}
        </span>
      ))}
      {children}
    </div>
  );
}

function cellClass(value: number | undefined, isCurrent: boolean, isPale: boolean): string {
  const isLong = value !== undefined && writeNumber(value).length > 2;
  return ["shaded", isLong && "long", value === undefined && "unknown", isCurrent && "current", isPale && "pale"]
    .filter(Boolean)
    .join(" ");
}
