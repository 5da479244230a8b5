import { useId } from "preact/hooks";

interface Props {
  readonly label: string;
  readonly accept?: string;
  /** Whether a folder is chosen, with all that is in it. */
  readonly folder?: boolean;
  readonly onChoose: (files: readonly File[]) => void;
}

export function FileField({ label, accept, folder = false, onChoose }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        // Not in preact's types, but in all browsers for the desktop.
        {...(folder && { webkitdirectory: true, multiple: true })}
        onChange={(event) => onChoose([...(event.currentTarget.files ?? [])])}
      />
    </div>
  );
}
