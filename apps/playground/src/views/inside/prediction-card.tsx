import { dataInfo } from "../../state/data.ts";
import { formatPercent } from "../../ui/format.ts";
import { seen } from "./state.ts";

const mostClasses = 12;

/** What the model says, and how sure it is of each class. */
export function PredictionCard() {
  const [info, shown] = [dataInfo.value, seen.value];
  if (!info || !shown) return null;
  const order = Array.from(shown.probabilities.keys());
  const best = order.reduce((a, b) => (shown.probabilities[b]! > shown.probabilities[a]! ? b : a), 0);
  const likeliest = order.toSorted((a, b) => shown.probabilities[b]! - shown.probabilities[a]!).slice(0, mostClasses);
  const rows = order.length > mostClasses ? likeliest : order;
  const { label } = shown;
  return (
    <section class="card stack" aria-labelledby="prediction-title">
      <h2 id="prediction-title">What the model says</h2>
      <p class="said" aria-live="polite">
        <b>{info.classes[best]}</b>, {formatPercent(shown.probabilities[best]!)} sure
        {label !== undefined && (
          <span class={label === best ? "right" : "wrong"}>
            {label === best ? " ✓ right" : ` ✗ it is ${info.classes[label]}`}
          </span>
        )}
      </p>
      <ul class="probabilities">
        {rows.map((i) => (
          <li key={i} class={i === best ? "best" : undefined}>
            <span class="class-name">{info.classes[i]}</span>
            <span class="bar" aria-hidden="true">
              <span style={{ width: `${100 * shown.probabilities[i]!}%` }} />
            </span>
            <span>{formatPercent(shown.probabilities[i]!)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
