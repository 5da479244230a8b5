import { useMemo } from "preact/hooks";
import type { BlockKind } from "../../blocks/block.ts";
import type { Filters } from "../../engine/filters.ts";
import { formatCount, formatShape } from "../../ui/format.ts";
import { blockTitles } from "../train/block-titles.ts";
import { largestOf } from "./largest.ts";
import { MapGrid } from "./map-grid.tsx";

/** The filters of one layer: each output a picture of its kernels, one input beside the other. */
export function FilterItem({ filters, kind }: { readonly filters: Filters; readonly kind: BlockKind }) {
  const { block, outputs, inputs, height, width, shown, values } = filters;
  const isMatrix = height * width === 1;
  // A matrix is one picture, rows for outputs; else the kernels of an output lie side by side.
  const sheets = useMemo(() => (isMatrix ? values : sideBySide(filters)), [filters]);
  const [rows, columns] = isMatrix ? shown : [height, shown[1] * width];
  const title = `${block} ${blockTitles[kind]}`;
  const left = outputs - shown[0];
  const leftInputs = inputs - shown[1];
  return (
    <div class="filter">
      <h3>
        {title}{" "}
        <span class="muted">{formatShape(isMatrix ? [outputs, inputs] : [outputs, inputs, height, width])}</span>
      </h3>
      <MapGrid
        values={sheets}
        count={isMatrix ? 1 : shown[0]}
        height={rows}
        width={columns}
        label={`Weights of ${title}`}
        nameOf={(output) => (isMatrix ? "Weight" : `Output ${output}`)}
        largest={largestOf(values)}
        mapWidth={Math.min(560, Math.max(48, columns * (isMatrix ? 14 : 6)))}
      />
      {(left > 0 || leftInputs > 0) && (
        <p class="muted">
          Not shown: {formatCount(left)} outputs and {formatCount(leftInputs)} inputs more.
        </p>
      )}
    </div>
  );
}

/** [outputs, inputs, height, width] to [outputs, height, inputs·width]. */
function sideBySide({ shown: [outputs, inputs], height, width, values }: Filters): Float32Array {
  const sheets = new Float32Array(values.length);
  let from = 0;
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      for (let row = 0; row < height; row++, from += width) {
        sheets.set(values.subarray(from, from + width), ((output * height + row) * inputs + input) * width);
      }
    }
  }
  return sheets;
}
