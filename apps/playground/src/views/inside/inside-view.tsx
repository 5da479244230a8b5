import { useEffect } from "preact/hooks";
import { sizes } from "../../state/training.ts";
import { useOneAFrame } from "../../ui/use-one-a-frame.ts";
import { RunBar } from "../train/run-bar.tsx";
import { ConfusionCard } from "./confusion-card.tsx";
import { FiltersCard } from "./filters-card.tsx";
import { GradientsCard } from "./gradients-card.tsx";
import "./inside.css";
import { MapsCard } from "./maps-card.tsx";
import { MistakesCard } from "./mistakes-card.tsx";
import { PredictionCard } from "./prediction-card.tsx";
import { SampleCard } from "./sample-card.tsx";
import { insideProblem } from "./state.ts";
import { watchModel } from "./watch-model.ts";

const cards = [
  { name: "maps", Card: MapsCard },
  { name: "gradients", Card: GradientsCard },
  { name: "filters", Card: FiltersCard },
  { name: "confusion", Card: ConfusionCard },
  { name: "mistakes", Card: MistakesCard },
];

/** What a model makes of a sample, layer by layer; what its weights look like, and where it is wrong. It may be trained meanwhile. */
export function InsideView() {
  const shown = useOneAFrame(cards.length);
  useEffect(watchModel, []);
  return (
    <div class="inside" lang="en">
      <RunBar />
      {insideProblem.value !== undefined && (
        <p class="card wrong" role="alert">
          {insideProblem.value}
        </p>
      )}
      {sizes.value && (
        <div class="inside-columns">
          <div class="stack">
            <SampleCard />
            <PredictionCard />
          </div>
          {cards.slice(0, shown).map(({ name, Card }) => (
            <Card key={name} />
          ))}
        </div>
      )}
    </div>
  );
}
