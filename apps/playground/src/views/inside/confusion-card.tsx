import { useState } from "preact/hooks";
import { confusionOf, scoreOf } from "../../engine/judge.ts";
import { dataInfo } from "../../state/data.ts";
import { formatPercent } from "../../ui/format.ts";
import { ConfusionGrid } from "./confusion-grid.tsx";
import { HeldOutSamples } from "./held-out-samples.tsx";
import { judgement } from "./state.ts";

const mostExamples = 16;

/** What the held-out samples are, and what they are taken for, with examples of the cell that is chosen. */
export function ConfusionCard() {
  const [cell, setCell] = useState<readonly [truth: number, said: number]>([0, 0]);
  const [info, judged] = [dataInfo.value, judgement.value];
  if (!info || !judged) return null;
  const { classes } = info;
  const counts = confusionOf(judged, classes.length);
  const [truth, said] = cell[0] < classes.length && cell[1] < classes.length ? cell : [0, 0];
  const all = Array.from(judged.labels.keys()).filter((i) => judged.labels[i] === truth && judged.said[i] === said);
  return (
    <section class="card stack" aria-labelledby="confusion-title">
      <h2 id="confusion-title">What is taken for what</h2>
      <p class="muted">
        {formatPercent(scoreOf(judged).accuracy)} of the held-out samples are right. Rows: what they are. Columns: what
        the model says. Choose a cell for examples.
      </p>
      <ConfusionGrid counts={counts} classes={classes} cell={[truth, said]} onChoose={(t, s) => setCell([t, s])} />
      <h3 aria-live="polite">
        {all.length} × {classes[truth]} taken for {classes[said]}
        {all.length > mostExamples && `, of which ${mostExamples}`}
      </h3>
      <HeldOutSamples numbers={all.slice(0, mostExamples)} info={info} judged={judged} />
    </section>
  );
}
