import { linkProblem } from "../../state/experiment.ts";
import { DataCard } from "./data-card.tsx";
import { ModelCard } from "./model-card.tsx";
import { ResultsCard } from "./results-card.tsx";
import { RunBar } from "./run-bar.tsx";
import { SettingsCard } from "./settings-card.tsx";
import "./train.css";

/** Build a model, and watch it learn. */
export function TrainView() {
  return (
    <div class="train" lang="en">
      {linkProblem.value !== undefined && (
        <p class="card wrong" role="alert">
          {linkProblem.value} Shown is the experiment that the page starts with.
        </p>
      )}
      <RunBar />
      <div class="train-columns">
        <ResultsCard />
        <div class="stack train-data">
          <DataCard />
          <SettingsCard />
        </div>
        <ModelCard />
      </div>
    </div>
  );
}
