import { useState } from "preact/hooks";
import { Button } from "./button.tsx";

interface Props {
  readonly title: string;
  readonly text: string;
}

/** Copies a text that the page shows. */
export function CopyButton({ title, text }: Props) {
  const [result, setResult] = useState<{ readonly text: string; readonly message: string }>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setResult({ text, message: "Copied." });
    } catch {
      setResult({ text, message: "The browser does not let this page copy: select the text, and copy it yourself." });
    }
  };
  return (
    <>
      <Button onClick={copy}>{title}</Button>
      <span class="muted" aria-live="polite">
        {result?.text === text ? result.message : ""}
      </span>
    </>
  );
}
