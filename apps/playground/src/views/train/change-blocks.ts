import { editBlocks, experiment } from "../../state/experiment.ts";

/** By one place, up (−1) or down (1). The keyboard's focus goes with the block. */
export function moveBlock(index: number, by: -1 | 1): void {
  const to = index + by;
  editBlocks((blocks) => blocks.with(index, blocks[to]!).with(to, blocks[index]!));
  focusButton(to, by === -1 ? "up" : "down");
}

/** The focus goes to the same button of the block that comes in its place. */
export function deleteBlock(index: number): void {
  editBlocks((blocks) => blocks.toSpliced(index, 1));
  focusButton(Math.min(index, experiment.value.blocks.length - 1), "delete");
}

/** After the page is drawn anew. At an end, where the wanted button cannot be pressed, its neighbour. */
function focusButton(index: number, name: "up" | "down" | "delete"): void {
  requestAnimationFrame(() => {
    const buttons = document.querySelectorAll<HTMLButtonElement>(`#block-${index} .block-buttons button`);
    const wanted = buttons[{ up: 0, down: 1, delete: 2 }[name]];
    (wanted?.disabled ? [...buttons].find((button) => !button.disabled) : wanted)?.focus();
  });
}
