import { useState } from "preact/hooks";
import { Field } from "./field.tsx";

interface Props {
  readonly label: string;
  readonly value: number;
  /** Why a number cannot be; nothing if it can. */
  readonly refuse: (value: number) => string | undefined;
  readonly onChange: (value: number) => void;
  readonly step?: number;
  readonly min?: number;
}

/** A number that is typed, or stepped by the arrow keys. What cannot be is explained and not passed on. */
export function NumberField({ label, value, refuse, onChange, step = 1, min }: Props) {
  const [typed, setTyped] = useState<string>();
  const problem = typed === undefined ? undefined : refuse(toNumber(typed));
  const type = (text: string) => {
    const refused = refuse(toNumber(text)) !== undefined;
    setTyped(refused ? text : undefined);
    if (!refused) onChange(toNumber(text));
  };
  return (
    <Field label={label} error={problem}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          inputMode="decimal"
          step={step}
          min={min}
          value={typed ?? String(value)}
          onInput={(event) => type(event.currentTarget.value)}
          onBlur={() => setTyped(undefined)}
        />
      )}
    </Field>
  );
}

const toNumber = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));
