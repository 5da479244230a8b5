import { useId } from "preact/hooks";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Of an arrow key, too; 1 unless said. */
  readonly step?: number;
  /** As it is shown and read out; plain unless said. */
  readonly format?: (value: number) => string;
  readonly onInput: (value: number) => void;
}

export function Slider({ label, value, min, max, step = 1, format = String, onInput }: Props) {
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{format(value)}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={format(value)}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
