import type { ComponentChildren } from "preact";

interface Props {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  /** primary: the one thing to do here; quiet: no border; icon: a small square. */
  readonly kind?: "primary" | "quiet" | "icon";
  /** For screen readers, where the content is a sign. */
  readonly label?: string;
  readonly disabled?: boolean;
}

export function Button({ children, onClick, kind, label, disabled }: Props) {
  return (
    <button
      type="button"
      class={kind ? `button ${kind}` : "button"}
      onClick={onClick}
      disabled={disabled}
      aria-label={label}
      title={label}
    >
      {children}
    </button>
  );
}
