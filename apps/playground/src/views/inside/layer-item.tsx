import type { BlockKind } from "../../blocks/block.ts";
import type { LayerMaps } from "../../engine/look.ts";
import { formatCount, formatShape } from "../../ui/format.ts";
import { blockTitles } from "../train/block-titles.ts";
import { largestOf } from "./largest.ts";
import { MapGrid } from "./map-grid.tsx";

interface Props {
  readonly index: number;
  readonly kind: BlockKind;
  readonly layer: LayerMaps;
}

/** The maps of one layer, or the values of a vector. */
export function LayerItem({ index, kind, layer }: Props) {
  const { channels, height, width, values } = layer;
  const size = height * width;
  const shown = values.length / size;
  const title = `${index} ${blockTitles[kind]}`;
  const shape = size === 1 ? String(channels) : formatShape([channels, height, width]);
  // The values of a flatten are those of the maps before it.
  if (kind === "flatten") {
    return (
      <div class="layer">
        <h3>{title}</h3>
        <p class="muted">The {formatCount(channels)} values above, in one row.</p>
      </div>
    );
  }
  return (
    <div class="layer">
      <h3>
        {title} <span class="muted">{shape}</span>
      </h3>
      <MapGrid
        values={values}
        count={shown}
        height={height}
        width={width}
        label={`Places in what ${title} gives`}
        nameOf={(map) => `${size === 1 ? "Value" : "Map"} ${map}`}
        largest={largestOf(values)}
      />
      {shown < channels && <p class="muted">And {formatCount(channels - shown)} more, which are not shown.</p>}
    </div>
  );
}
