import { dataInfo } from "../../state/data.ts";
import { experiment } from "../../state/experiment.ts";
import { Button } from "../../ui/button.tsx";
import { Slider } from "../../ui/slider.tsx";
import { DigitPad } from "./digit-pad.tsx";
import { SamplePicture } from "./sample-picture.tsx";
import { chosen, seen } from "./state.ts";

/** Which sample is looked at: a held-out one, or one's own drawing. */
export function SampleCard() {
  const info = dataInfo.value;
  if (!info) return null;
  const last = info.heldOut - 1;
  const number = chosen.value.kind === "held-out" ? chosen.value.number : 0;
  const choose = (n: number) => {
    chosen.value = { kind: "held-out", number: n };
  };
  const shown = seen.value;
  const title = chosen.value.kind === "drawn" ? "Your drawing, as the model sees it" : `Held-out sample ${number}`;
  return (
    <section class="card stack" aria-labelledby="sample-title">
      <h2 id="sample-title">The sample</h2>
      {shown && (
        <div class="the-sample">
          <SamplePicture values={shown.values} info={info} label={title} />
          <p class="muted">
            {title}
            {shown.label !== undefined && `, which is ${info.classes[shown.label]}`}
          </p>
        </div>
      )}
      <Slider label="Held-out sample" value={number} min={0} max={last} onInput={choose} />
      <div class="row">
        <Button onClick={() => choose(Math.max(0, number - 1))} disabled={number === 0}>
          Previous
        </Button>
        <Button onClick={() => choose(Math.min(last, number + 1))} disabled={number === last}>
          Next
        </Button>
      </div>
      {experiment.value.data.kind === "digits" ? (
        <DigitPad />
      ) : (
        <p class="muted">Only for the MNIST digits can one draw a sample of one's own.</p>
      )}
    </section>
  );
}
