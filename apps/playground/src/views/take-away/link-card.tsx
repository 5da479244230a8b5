import { experiment, linkTo } from "../../state/experiment.ts";
import { weightsFile } from "../../state/training.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Field } from "../../ui/field.tsx";

export function LinkCard() {
  const { data, ...settings } = experiment.value;
  const link = linkTo({ data, ...settings });
  const isOwn = data.kind === "images" || data.kind === "csv";
  return (
    <section class="card stack" aria-labelledby="link-title">
      <h2 id="link-title">The link</h2>
      <p class="muted">
        All of the experiment is in it, the seed included: whoever opens it and trains gets the same losses, to the last
        bit.{isOwn && " But for your own samples, which stay on your machine."}
        {weightsFile.value !== undefined && ` But for the weights of ${weightsFile.value}, which you have loaded.`}
      </p>
      <Field label="Link to this experiment">
        {(ids) => <input {...ids} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />}
      </Field>
      <div class="row">
        <CopyButton title="Copy link" text={link} />
      </div>
    </section>
  );
}
