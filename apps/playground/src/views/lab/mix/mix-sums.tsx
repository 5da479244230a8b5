import { labText } from "../../../text/lab/index.ts";
import { writeNumber } from "../write-number.ts";
import { outChannels } from "./mixing.ts";
import { pixelSum } from "./pixel-sum.ts";
import { PixelSumLine } from "./pixel-sum-line.tsx";
import { answers, chosenPixel, mixing, picture } from "./state.ts";

/** How each output channel comes about at the chosen pixel, and what the two layers say. */
export function MixSums() {
  const text = labText();
  const { side } = picture.value;
  const pixel = chosenPixel.value;
  const { convolution, dense } = answers.value;
  return (
    <table class="mix-sums">
      <caption>{text.mix.sums(Math.floor(pixel / side) + 1, (pixel % side) + 1)}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{text.mix.sum}</th>
          <th scope="col">Conv1x1</th>
          <th scope="col">Linear</th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: outChannels }, (_, row) => (
          <tr key={text.map(row + 1)}>
            <th scope="row">{text.map(row + 1)}</th>
            <td>
              <PixelSumLine sum={pixelSum(picture.value, mixing.value, row, pixel)} />
            </td>
            <td class="answer">{writeNumber(convolution[row * side * side + pixel]!)}</td>
            <td class="answer">{writeNumber(dense[row * side * side + pixel]!)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
