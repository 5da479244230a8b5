import { labText } from "../../../text/lab/index.ts";
import { writeNumber } from "../write-number.ts";
import { FillingMap } from "./filling-map.tsx";
import { InputChannel } from "./input-channel.tsx";
import { NumberGrid } from "./number-grid.tsx";
import { cells, maps, place, setting } from "./state.ts";

/** What happens to one channel: its window times its slice of the kernel, summed to one pixel of its partial map. */
export function SliceRow({ channel }: { readonly channel: number }) {
  const text = labText();
  const { kernelSize } = setting.value;
  const slice = place.value.slices[channel]!;
  const grids = [
    { title: text.slide.window, values: slice.window, largest: 6, sign: "×" },
    { title: text.slide.slice, values: slice.weights, largest: 2, sign: "=" },
    { title: text.slide.products, values: slice.products, largest: 6, sign: "Σ" },
  ];
  return (
    <div class="slide-row">
      <InputChannel channel={channel} />
      <div class="slide-products">
        {grids.map(({ title, values, largest, sign }) => [
          <figure key={title}>
            {channel === 0 && <figcaption>{title}</figcaption>}
            <NumberGrid
              values={values}
              columns={kernelSize}
              cell={cells.value.kernel}
              label={`${title}: ${values.map(writeNumber).join(" ")}`}
              largest={largest}
            />
          </figure>,
          <span key={sign} class="slide-sign">
            {sign}
          </span>,
        ])}
        <strong class="slide-sum" title={text.slide.sumOf(channel + 1, writeNumber(slice.sum))}>
          {writeNumber(slice.sum)}
        </strong>
      </div>
      <FillingMap
        title={channel === 0 ? text.slide.partial : undefined}
        values={maps.value.partial[channel]!}
        label={text.slide.partialLabel(channel + 1)}
      />
    </div>
  );
}
