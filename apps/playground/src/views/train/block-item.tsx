import type { Block } from "../../blocks/block.ts";
import { makeBlock, numbersOf, rulesOf } from "../../blocks/block.ts";
import type { BlockRow } from "../../blocks/describe-blocks.ts";
import { refuseNumber } from "../../experiment/number-rule.ts";
import { editBlocks } from "../../state/experiment.ts";
import { Button } from "../../ui/button.tsx";
import { formatCount, formatLarge, formatShape } from "../../ui/format.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { blockTitles, numberTitles } from "./block-titles.ts";
import { deleteBlock, moveBlock } from "./change-blocks.ts";

interface Props {
  readonly index: number;
  readonly block: Block;
  readonly count: number;
  readonly row: BlockRow | undefined;
  readonly problem: string | undefined;
}

export function BlockItem({ index, block, count, row, problem }: Props) {
  const title = blockTitles[block.kind];
  const numbers = numbersOf(block);
  const set = (name: string, value: number) =>
    editBlocks((list) => list.with(index, makeBlock(block.kind, { ...Object.fromEntries(numbers), [name]: value })));
  return (
    <li class={problem === undefined ? "block" : "block broken"} id={`block-${index}`}>
      <div class="block-head">
        <span class="block-index">{index}</span>
        <h3>{title}</h3>
        <span class="block-shape">{row && `→ ${formatShape(row.outputShape)}`}</span>
        <div class="block-buttons">
          <Button kind="icon" label={`Move ${title} up`} onClick={() => moveBlock(index, -1)} disabled={index === 0}>
            ↑
          </Button>
          <Button
            kind="icon"
            label={`Move ${title} down`}
            onClick={() => moveBlock(index, 1)}
            disabled={index === count - 1}
          >
            ↓
          </Button>
          <Button kind="icon" label={`Delete ${title}`} onClick={() => deleteBlock(index)}>
            ✕
          </Button>
        </div>
      </div>
      <div class="block-body">
        {numbers.map(([name, value]) => {
          const rule = rulesOf(block.kind)[name]!; // the name comes from the same table
          return (
            <NumberField
              key={name}
              label={numberTitles[name] ?? name}
              value={value}
              step={rule.step}
              min={rule.least}
              refuse={(typed) => refuseNumber(typed, rule)}
              onChange={(typed) => set(name, typed)}
            />
          );
        })}
        {row && (row.parameters > 0 || (row.macs ?? 0) > 0) && (
          <p class="muted">
            {row.parameters > 0 && `${row.formula} = ${formatCount(row.parameters)} parameters, `}
            {formatLarge(row.macs ?? 0)} MACs
          </p>
        )}
      </div>
      {problem !== undefined && (
        <p class="wrong" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}
