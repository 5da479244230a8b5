import { useState } from "preact/hooks";
import { experiment, linkTo } from "../../state/experiment.ts";
import { Button } from "../../ui/button.tsx";

/** Copies the link to this experiment. Where the clipboard is closed to the page, the address bar has the same link. */
export function CopyLink() {
  const [copied, setCopied] = useState<string>();
  const link = linkTo(experiment.value);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(link);
    } catch {
      setCopied(undefined);
      prompt("The link to this experiment:", link);
    }
  };
  return (
    <>
      <Button onClick={copy}>Copy link</Button>
      <span class="muted" aria-live="polite">
        {copied === link ? "Copied." : ""}
      </span>
    </>
  );
}
