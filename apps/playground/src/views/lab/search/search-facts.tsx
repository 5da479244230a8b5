import { slidingCosts } from "../../../engine/search/costs.ts";
import { labText } from "../../../text/lab/index.ts";
import { searchText } from "../../../text/lab/search/index.ts";
import { writeCount } from "../write-number.ts";
import { size } from "./state.ts";

const costs = slidingCosts(size);
const millions = (count: number) => (count / 1e6).toFixed(1);

/** What became of the dense layer, and what sliding saves. */
export function SearchFacts() {
  const text = searchText();
  const { locale } = labText();
  const { rows, columns, macs, mapChannels, kernelSize } = costs;
  const windows = rows * columns;
  const oneByOne = windows * macs.oneWindow;
  const write = (count: number) => writeCount(count, locale);
  return (
    <div class="search-facts">
      <h4>{text.facts}</h4>
      <dl>
        <dt>{text.became(costs.layerBefore, costs.layerAfter)}</dt>
        <dd>{text.weights(mapChannels, kernelSize, write(costs.parameters))}</dd>
        <dt>{text.windows(rows, columns, write(windows))}</dt>
        <dd>{text.windowsWhy(size.height, size.width)}</dd>
        <dt>{text.macs(millions(macs.inOneGo), millions(oneByOne))}</dt>
        <dd>{text.macsWhy(write(windows), write(macs.oneWindow), (oneByOne / macs.inOneGo).toFixed(1))}</dd>
      </dl>
    </div>
  );
}
