import { makeBlock } from "../../blocks/block.ts";
import { dataShape, editBlocks, experiment, model } from "../../state/experiment.ts";
import { formatCount, formatLarge, formatShape } from "../../ui/format.ts";
import { AddBlock } from "./add-block.tsx";
import { BlockItem } from "./block-item.tsx";

/** The blocks, what each gives and costs, and where the chain breaks. */
export function ModelCard() {
  const { blocks } = experiment.value;
  const [shape, description] = [dataShape.value, model.value];
  const problem = description?.problem;
  return (
    <section class="card stack train-model" aria-labelledby="model-title">
      <div class="card-title">
        <h2 id="model-title">Model</h2>
        {description && (
          <span class="muted">
            {formatCount(description.parameters)} parameters, {formatLarge(description.macs)} MACs a sample
          </span>
        )}
      </div>
      <p class="muted">
        {shape ? `Input ${formatShape(shape.inputShape)}` : "The input is known once your samples are read."}
      </p>
      <ol class="blocks">
        {blocks.map((block, i) => (
          <BlockItem
            key={i}
            index={i}
            block={block}
            count={blocks.length}
            row={description?.rows[i]}
            problem={problem?.at === i ? problem.message : undefined}
          />
        ))}
      </ol>
      {blocks.length === 0 && problem && <p class="wrong">{problem.message}</p>}
      <AddBlock onAdd={(kind) => editBlocks((list) => [...list, makeBlock(kind)])} />
    </section>
  );
}
