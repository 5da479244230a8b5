import type { DataInfo } from "../../engine/preview.ts";

const mostRows = 6;
const mostColumns = 5;

/** Some lines of a visitor's table. */
export function SampleTable({ info, features }: { readonly info: DataInfo; readonly features: readonly string[] }) {
  const { samples, classes } = info;
  const shown = features.slice(0, mostColumns);
  const left = features.length - shown.length;
  return (
    <div class="scroll">
      <table class="sample-table">
        <caption class="hidden">Some of the lines to train on</caption>
        <thead>
          <tr>
            {shown.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {left > 0 && <th scope="col">and {left} more</th>}
            <th scope="col">class</th>
          </tr>
        </thead>
        <tbody>
          {Array.from(samples.labels.subarray(0, mostRows), (label, row) => (
            <tr key={row}>
              {shown.map((name, column) => (
                <td key={name}>{Number(samples.values[row * features.length + column]!.toPrecision(4))}</td>
              ))}
              {left > 0 && <td>…</td>}
              <td>{classes[label]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
