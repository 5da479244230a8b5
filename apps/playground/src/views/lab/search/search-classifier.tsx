import { labText } from "../../../text/lab/index.ts";
import { searchText } from "../../../text/lab/search/index.ts";
import { Button } from "../../../ui/button.tsx";
import { formatPercent } from "../../../ui/format.ts";
import { run, status, problem as twinsProblem } from "../twins/state.ts";
import { TwinsProgressBar } from "../twins/twins-progress.tsx";
import { writeCount } from "../write-number.ts";
import { answer } from "./state.ts";

/** Which classifier it is that slides: the dense twin, which may have to be trained first. */
export function SearchClassifier() {
  const text = searchText();
  const { locale } = labText();
  const { state, score } = status.value;
  const step = answer.value?.step;
  const isAtWork = state === "running" || state === "opening";
  return (
    <div class="search-classifier">
      {score ? (
        <p>{text.classifier(writeCount(step ?? score.step, locale), formatPercent(score.dense.accuracy))}</p>
      ) : (
        <p>{isAtWork ? text.waitForScore : text.need}</p>
      )}
      {!score && !isAtWork && (
        <Button kind="primary" onClick={run}>
          {text.trainNow}
        </Button>
      )}
      {twinsProblem.value !== undefined && <p class="wrong">{twinsProblem.value}</p>}
      {isAtWork && <TwinsProgressBar />}
    </div>
  );
}
