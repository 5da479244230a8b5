import { labText } from "../../../text/lab/index.ts";
import { twinsText } from "../../../text/lab/twins/index.ts";
import { writeCount } from "../write-number.ts";
import { sizes, status } from "./state.ts";

/** How far the training has come. */
export function TwinsProgressBar() {
  const text = twinsText();
  const { locale } = labText();
  const { step } = status.value;
  const { totalSteps, stepsPerEpoch } = sizes.value ?? { totalSteps: 1, stepsPerEpoch: 1 };
  const epochs = totalSteps / stepsPerEpoch;
  const epoch = Math.min(epochs, Math.floor(step / stepsPerEpoch) + 1);
  return (
    <div class="twins-progress">
      <progress aria-label={text.progress} value={step} max={totalSteps} />
      <span class="muted">
        {sizes.value ? text.stepOf(writeCount(step, locale), writeCount(totalSteps, locale), epoch, epochs) : ""}
      </span>
    </div>
  );
}
