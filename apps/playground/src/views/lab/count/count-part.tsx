import { labText } from "../../../text/lab/index.ts";
import { writeCount } from "../write-number.ts";
import { BarChart } from "./bar-chart.tsx";
import { CountFields } from "./count-fields.tsx";
import { denseMapToMap } from "./counts.ts";
import { counts, sizes } from "./state.ts";

/** What a 1×1 convolution costs, beside a larger one and dense layers, as the sizes change. */
export function CountPart() {
  const { count: text, locale } = labText();
  const { height, width, outChannels, kernelSize } = sizes.value;
  const layers = counts.value.map((layer) => ({ ...layer, title: text.layers[layer.kind](kernelSize) }));
  const pixels = height * width;
  return (
    <section class="card stack lab-part" aria-labelledby="lab-count">
      <h3 id="lab-count">{text.title}</h3>
      <p>{text.idea}</p>
      <CountFields />
      <div class="count">
        <BarChart
          title={text.parameters}
          bars={layers.map((layer) => ({
            ...layer,
            formula: text.formulas[layer.kind],
            numbers: layer.formula,
            value: layer.parameters,
          }))}
        />
        <BarChart
          title={text.macs}
          bars={layers.map((layer) => ({
            ...layer,
            formula: text.macsFormulas[layer.kind],
            numbers: layer.macsFormula,
            value: layer.macs,
          }))}
        />
      </div>
      <p class="muted">{text.scale}</p>
      <ul class="count-notes">
        <li>{text.same}</li>
        <li>{pixels === 1 ? text.savingNone : text.saving(writeCount(pixels, locale))}</li>
        <li>{text.answers(writeCount(outChannels, locale))}</li>
        <li>{text.mapToMap(writeCount(denseMapToMap(sizes.value), locale))}</li>
      </ul>
    </section>
  );
}
