import { asCode } from "../../blocks/as-code.ts";
import { dataShape, experiment, model } from "../../state/experiment.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { highlight } from "./highlight.ts";
import { saveFile } from "./save-file.ts";

export function CodeCard() {
  const shape = dataShape.value;
  if (!shape || !model.value || model.value.problem) {
    return (
      <section class="card stack" aria-labelledby="code-title">
        <h2 id="code-title">The experiment as code</h2>
        <p class="muted">
          {shape ? "The blocks are no model yet: see Train." : "The script can be written once your samples are read."}
        </p>
      </section>
    );
  }
  const code = asCode(experiment.value, shape);
  return (
    <section class="card stack" aria-labelledby="code-title">
      <h2 id="code-title">The experiment as code</h2>
      <p class="muted">
        A script for Node that trains the same model on the same batches: its losses are those of this page.
      </p>
      <div class="row">
        <CopyButton title="Copy as code" text={code} />
        <Button onClick={() => saveFile("train.mjs", code, "text/javascript")}>Download train.mjs</Button>
      </div>
      {/* Scrolls sideways, so the keyboard must reach it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section class="code" tabIndex={0} aria-label="The script">
        <pre>
          <code>
            {highlight(code).map(({ kind, text }, i) =>
              kind === "plain" ? (
                text
              ) : (
                <span key={i} class={`code-${kind}`}>
                  {text}
                </span>
              ),
            )}
          </code>
        </pre>
      </section>
    </section>
  );
}
