import { searchText } from "../../../text/lab/search/index.ts";
import { SearchClassifier } from "./search-classifier.tsx";
import { SearchComparison } from "./search-comparison.tsx";
import { SearchControls } from "./search-controls.tsx";
import { SearchFacts } from "./search-facts.tsx";
import { SearchFound } from "./search-found.tsx";
import { SearchHeat } from "./search-heat.tsx";
import { SearchStage } from "./search-stage.tsx";

/** The dense twin, made fully convolutional, finds digits on a large picture. */
export function SearchPart() {
  const text = searchText();
  return (
    <section class="card stack lab-part" aria-labelledby="lab-search">
      <h3 id="lab-search">{text.title}</h3>
      <p>{text.idea}</p>
      <SearchClassifier />
      <div class="search">
        <div class="stack">
          <SearchStage />
          <SearchFound />
          <SearchControls />
          <SearchFacts />
          <SearchComparison />
        </div>
        <SearchHeat />
      </div>
    </section>
  );
}
