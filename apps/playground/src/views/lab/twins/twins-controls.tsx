import { experimentNumbers } from "../../../experiment/experiment.ts";
import { refuseNumber } from "../../../experiment/number-rule.ts";
import { labText } from "../../../text/lab/index.ts";
import { twinsText } from "../../../text/lab/twins/index.ts";
import { Button } from "../../../ui/button.tsx";
import { formatPercent } from "../../../ui/format.ts";
import { NumberField } from "../../../ui/number-field.tsx";
import { writeCount } from "../write-number.ts";
import { changeSeed, pause, problem, reset, run, seed, sizes, status } from "./state.ts";
import { TwinsProgressBar } from "./twins-progress.tsx";

export function TwinsControls() {
  const text = twinsText();
  const { state, step } = status.value;
  const rule = experimentNumbers.seed;
  return (
    <>
      <div class="row twins-controls">
        {state === "running" ? (
          <Button kind="primary" onClick={pause}>
            {text.pause}
          </Button>
        ) : (
          <Button kind="primary" onClick={run} disabled={state === "opening"}>
            {state === "ended" ? text.again : step === 0 ? text.run : text.resume}
          </Button>
        )}
        <Button onClick={reset} disabled={step === 0}>
          {text.reset}
        </Button>
        <NumberField
          label={text.seed}
          value={seed.value}
          min={rule.least}
          refuse={(value) => refuseNumber(value, rule) && text.seedRule}
          onChange={changeSeed}
        />
        <TwinsProgressBar />
      </div>
      <p class={problem.value === undefined ? "" : "wrong"} aria-live="polite">
        {problem.value ?? sentence()}
      </p>
    </>
  );
}

function sentence(): string {
  const text = twinsText();
  const { locale } = labText();
  const { state, step, score } = status.value;
  if (state === "ended" && score && sizes.value) {
    const [dense, pointwise] = [formatPercent(score.dense.accuracy), formatPercent(score.pointwise.accuracy)];
    return text.done(writeCount(sizes.value.heldOut, locale), dense, pointwise);
  }
  if (state === "running" || state === "opening") return text.states[state];
  return step === 0 ? text.states.ready : text.states.paused;
}
