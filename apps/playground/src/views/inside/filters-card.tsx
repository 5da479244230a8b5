import { experiment } from "../../state/experiment.ts";
import { FilterItem } from "./filter-item.tsx";
import { SignLegend } from "./sign-legend.tsx";
import { filters } from "./state.ts";

/** The weights of each convolution and dense layer. */
export function FiltersCard() {
  const { blocks } = experiment.value;
  const shown = filters.value.filter(({ block }) => block < blocks.length);
  if (shown.length === 0) return null;
  return (
    <section class="card stack inside-wide" aria-labelledby="filters-title">
      <h2 id="filters-title">Filters</h2>
      <p class="muted">
        The weights. Of a convolution, each picture is a kernel: a row for each output, a column for each input channel.
        Of a 1×1 convolution and a dense layer that is a matrix.
      </p>
      <SignLegend />
      <div class="filter-list">
        {shown.map((own) => (
          <FilterItem key={own.block} filters={own} kind={blocks[own.block]!.kind} />
        ))}
      </div>
    </section>
  );
}
