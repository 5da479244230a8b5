import { useState } from "preact/hooks";
import { openWith, sizes } from "../../state/training.ts";
import { FileField } from "../../ui/file-field.tsx";
import { formatPercent } from "../../ui/format.ts";

/** A file of weights, chosen or dropped, back into the model. */
export function LoadCard() {
  const [message, setMessage] = useState<{ readonly text: string; readonly isWrong: boolean }>();
  const [isOver, setOver] = useState(false);
  const load = async ([file]: readonly File[]) => {
    if (!file) return;
    setMessage({ text: `Reading ${file.name}.`, isWrong: false });
    try {
      const { accuracy, loss } = await openWith(file.name, new Uint8Array(await file.arrayBuffer()));
      const text = `Loaded ${file.name}: ${formatPercent(accuracy)} of the held-out samples are right, with a loss of ${loss.toFixed(4)}. Training goes on from these weights.`;
      setMessage({ text, isWrong: false });
    } catch (error) {
      setMessage({ text: error instanceof Error ? error.message : String(error), isWrong: true });
    }
  };
  return (
    <section
      class={isOver ? "card stack drop over" : "card stack drop"}
      aria-labelledby="load-title"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        load([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <h2 id="load-title">Load weights back</h2>
      <p class="muted">
        From here, or from the same model in PyTorch. Choose a file, or drop it here; it must fit the model that you
        have built.
      </p>
      {sizes.value ? (
        <FileField label="A safetensors file" accept=".safetensors" onChoose={load} />
      ) : (
        <p class="muted">There is no model yet: see Train.</p>
      )}
      <p class={message?.isWrong ? "wrong lines" : "lines"} aria-live="polite">
        {message?.text}
      </p>
    </section>
  );
}
