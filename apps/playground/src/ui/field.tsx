import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
  readonly label: string;
  /** What is wrong with the value. */
  readonly error?: string | undefined;
  /** Draws the control, which takes these attributes: they tie it to its label and its error. */
  readonly children: (attributes: Attributes) => ComponentChildren;
}

interface Attributes {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

export function Field({ label, error, children }: Props) {
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        "aria-invalid": error !== undefined,
        "aria-describedby": error === undefined ? undefined : errorId,
      })}
      {error !== undefined && (
        <span class="error" id={errorId} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
