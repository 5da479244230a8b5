import { dataProblem } from "../../state/data.ts";
import { model } from "../../state/experiment.ts";
import { client, problem, reset, sizes, status, weightsFile } from "../../state/training.ts";
import { Button } from "../../ui/button.tsx";
import { formatCount, formatLarge, formatPercent } from "../../ui/format.ts";
import { CopyLink } from "./copy-link.tsx";

/** Run, pause, step, reset, and the numbers that change. */
export function RunBar() {
  const { state, step } = status.value;
  const canRun = sizes.value !== undefined && state !== "ended";
  const running = state === "running";
  return (
    <section class="card run-bar" aria-label="Run">
      <div class="row">
        <MainButton canRun={canRun} />
        <Button onClick={() => client.command("step")} disabled={!canRun || running}>
          Step
        </Button>
        <Button onClick={() => reset()} disabled={step === 0 && weightsFile.value === undefined}>
          Reset
        </Button>
        <CopyLink />
      </div>
      <Numbers />
      <p class="run-state" aria-live="polite">
        {sentence()}
      </p>
      {weightsFile.value !== undefined && (
        <p class="muted">
          It began with the weights of {weightsFile.value}, so its losses are not those of the link. A change or Reset
          brings those of the seed back.
        </p>
      )}
    </section>
  );
}

/** What there is to do next. */
function MainButton({ canRun }: { readonly canRun: boolean }) {
  const { state, step } = status.value;
  if (state === "ended") {
    return (
      <Button kind="primary" onClick={() => reset({ thenRun: true })}>
        Train again
      </Button>
    );
  }
  const [title, command] =
    state === "running" ? (["Pause", "pause"] as const) : ([step === 0 ? "Train" : "Resume", "run"] as const);
  return (
    <Button kind="primary" onClick={() => client.command(command)} disabled={!canRun}>
      {title}
    </Button>
  );
}

function sentence(): string {
  const { state, score, step } = status.value;
  if (problem.value !== undefined) return problem.value;
  if (dataProblem.value !== undefined) return "Waiting for samples that can be read.";
  if (model.value === undefined) return "Waiting for your samples.";
  if (model.value.problem) return `Block ${model.value.problem.at} cannot work: see the model.`;
  if (state === "ended")
    return `Done: ${score ? formatPercent(score.accuracy) : "?"} of the held-out samples are right.`;
  if (state === "running") return "Training.";
  if (!sizes.value) return "Loading.";
  return step === 0 ? "Ready." : "Paused.";
}

function Numbers() {
  const { step, loss, lr, samplesPerSecond, score } = status.value;
  const total = sizes.value;
  const epoch = total ? Math.min(Math.floor(step / total.stepsPerEpoch), total.totalSteps / total.stepsPerEpoch) : 0;
  return (
    <dl class="numbers">
      <Figure title="Step" value={`${formatCount(step)}${total ? ` of ${formatCount(total.totalSteps)}` : ""}`} />
      <Figure title="Epoch" value={total ? `${epoch} of ${total.totalSteps / total.stepsPerEpoch}` : "–"} />
      <Figure title="Loss" value={loss?.toFixed(4) ?? "–"} exact={loss} />
      <Figure title="Held-out accuracy" value={score ? formatPercent(score.accuracy) : "–"} exact={score?.accuracy} />
      <Figure title="Learning rate" value={lr?.toPrecision(3) ?? "–"} />
      <Figure
        title="Samples/s"
        value={samplesPerSecond === undefined ? "–" : formatLarge(Math.round(samplesPerSecond))}
      />
    </dl>
  );
}

/** The exact value shows when the mouse rests on it. */
function Figure({
  title,
  value,
  exact,
}: {
  readonly title: string;
  readonly value: string;
  readonly exact?: number | undefined;
}) {
  return (
    <div>
      <dt>{title}</dt>
      <dd title={exact === undefined ? undefined : String(exact)}>{value}</dd>
    </div>
  );
}
