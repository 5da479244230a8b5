import { labText } from "../../../text/lab/index.ts";
import { Button } from "../../../ui/button.tsx";
import { SignLegend } from "../sign-legend.tsx";
import { colourRange } from "./answer-map.tsx";
import { MixConvolution } from "./mix-convolution.tsx";
import { MixDense } from "./mix-dense.tsx";
import { MixInput } from "./mix-input.tsx";
import { MixProof } from "./mix-proof.tsx";
import { MixSums } from "./mix-sums.tsx";
import { drawRandomMixing, resetMixing } from "./state.ts";

/** A 1×1 convolution and a dense layer with the same weights, over the same picture. */
export function MixPart() {
  const text = labText();
  return (
    <section class="card stack lab-part" aria-labelledby="lab-mix">
      <h3 id="lab-mix">{text.mix.title}</h3>
      <p>{text.mix.idea}</p>
      <div class="row">
        <Button onClick={drawRandomMixing}>{text.mix.random}</Button>
        <Button onClick={resetMixing}>{text.reset}</Button>
        <p class="muted">{text.mix.how}</p>
      </div>
      <div class="mix">
        <MixInput />
        <MixConvolution />
        <MixDense />
      </div>
      <SignLegend title={text.mix.legend} range={colourRange} />
      <MixProof />
      <MixSums />
    </section>
  );
}
