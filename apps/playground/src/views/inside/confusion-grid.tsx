interface Props {
  /** [truth][said] */
  readonly counts: readonly (readonly number[])[];
  readonly classes: readonly string[];
  readonly cell: readonly [truth: number, said: number];
  readonly onChoose: (truth: number, said: number) => void;
}

/** A button in each cell: one is in the tab order, and the arrow keys go to the others. */
export function ConfusionGrid({ counts, classes, cell, onChoose }: Props) {
  const most = counts
    .flatMap((row, truth) => row.filter((_, said) => said !== truth))
    .reduce((a, b) => Math.max(a, b), 1);
  const go = (event: KeyboardEvent) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!by) return;
    event.preventDefault();
    const [truth, said] = [cell[0] + by[0]!, cell[1] + by[1]!];
    if (counts[truth]?.[said] === undefined) return;
    onChoose(truth, said);
    document.getElementById(cellId(truth, said))?.focus();
  };
  return (
    <div class="scroll">
      <table class="confusion">
        <caption class="hidden">Confusion matrix of the held-out samples; arrow keys go from cell to cell</caption>
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, truth) => (
            <tr key={truth}>
              <th scope="row">{classes[truth]}</th>
              {row.map((count, said) => {
                const isChosen = truth === cell[0] && said === cell[1];
                return (
                  <td key={said}>
                    <button
                      type="button"
                      id={cellId(truth, said)}
                      tabIndex={isChosen ? 0 : -1}
                      aria-pressed={isChosen}
                      aria-label={`${classes[truth]} taken for ${classes[said]}: ${count}`}
                      class={count === 0 ? "none" : truth === said ? "right" : "mistaken"}
                      style={{ "--p": `${Math.round(15 + (40 * count) / most)}%` }}
                      onClick={() => onChoose(truth, said)}
                      onFocus={() => onChoose(truth, said)}
                      onKeyDown={go}
                    >
                      {count === 0 ? "·" : count}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const cellId = (truth: number, said: number) => `confusion-${truth}-${said}`;
