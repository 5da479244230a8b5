import { useState } from "preact/hooks";
import { type BlockKind, blockKinds } from "../../blocks/block.ts";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/select.tsx";
import { blockTitles } from "./block-titles.ts";

const options = blockKinds.map((kind) => ({ value: kind, title: blockTitles[kind] }));

export function AddBlock({ onAdd }: { readonly onAdd: (kind: BlockKind) => void }) {
  const [kind, setKind] = useState<BlockKind>("conv1x1");
  return (
    <div class="add-block">
      <Select label="Another block, at the end" value={kind} options={options} onChange={setKind} />
      <Button onClick={() => onAdd(kind)}>Add</Button>
    </div>
  );
}
