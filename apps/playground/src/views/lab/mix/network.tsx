import { labText } from "../../../text/lab/index.ts";
import { signShade } from "../sign-shade.ts";
import { writeNumber } from "../write-number.ts";
import { colourRange } from "./answer-map.tsx";
import { inChannels, outChannels } from "./mixing.ts";
import { NetworkLine } from "./network-line.tsx";
import { pixelValues } from "./pixel-sum.ts";
import { answers, chosenPixel, mixing, picture } from "./state.ts";

// A row is as high as those of the matrix and the maps beside it, --mix-row of the style sheet.
const rowHeight = 84;
const [width, height, radius] = [210, outChannels * rowHeight, 23];

const inputAt = (c: number) => ({ x: 34, y: ((c + 0.5) / inChannels) * height });
const outputAt = (row: number) => ({ x: width - 34, y: (row + 0.5) * rowHeight });

/** The dense layer as it is drawn everywhere; the numbers are those of the chosen pixel. */
export function Network() {
  const text = labText().mix;
  const { side } = picture.value;
  const inputs = pixelValues(picture.value, chosenPixel.value);
  const outputs = mixing.value.bias.map((bias, row) => ({
    bias,
    answer: answers.value.dense[row * side * side + chosenPixel.value]!,
  }));
  return (
    <svg
      class="network"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={text.network}
    >
      {mixing.value.weights.map((_, i) => {
        const entry = { row: Math.floor(i / inChannels), column: i % inChannels };
        return (
          <NetworkLine
            key={`${entry.row} ${entry.column}`}
            entry={entry}
            from={inputAt(entry.column)}
            to={outputAt(entry.row)}
          />
        );
      })}
      {inputs.map((value, c) => (
        <g key={text.colours[c]} class="node">
          <circle cx={inputAt(c).x} cy={inputAt(c).y} r={radius} />
          <text x={inputAt(c).x} y={inputAt(c).y}>
            {writeNumber(value)}
          </text>
          <text class="note" x={inputAt(c).x} y={inputAt(c).y - radius - 10}>
            {text.colours[c]}
          </text>
        </g>
      ))}
      {outputs.map(({ bias, answer }, row) => (
        <g key={outputAt(row).y} class="node" style={signShade(answer / colourRange)}>
          <circle class="shaded" cx={outputAt(row).x} cy={outputAt(row).y} r={radius} />
          <text x={outputAt(row).x} y={outputAt(row).y}>
            {writeNumber(answer)}
          </text>
          <text class="note" x={outputAt(row).x} y={outputAt(row).y - radius - 10}>
            {bias < 0 ? "" : "+"}
            {writeNumber(bias)}
          </text>
        </g>
      ))}
    </svg>
  );
}
