import { flatnessSteps } from "../flatness.mjs";
import { Notes, table } from "../markdown.mjs";

const columns = /** @type {const} */ (["wasm", "heap", "resident"]);

/** @param {import("../report.mjs").Results} results */
export function memoryTable({ memory }) {
  if (memory.length === 0) return [];
  const notes = new Notes();
  const rows = memory.map(({ peer, before, after, failure }) => {
    if (!before || !after) return [peer, `–${notes.mark(failure ?? "no answer")}`];
    return [peer, ...columns.map((column) => `${kilobytes(before[column])} → ${kilobytes(after[column])}`)];
  });
  return [
    "## Memory: kB before and after",
    `Of ${flatnessSteps.toLocaleString("en-US")} steps of W2, after warming up; garbage was collected before each look.`,
    table(["", "WebAssembly's memory", "JavaScript's heap", "the whole process"], rows) + notes.text(),
  ];
}

/** @param {number} bytes */
const kilobytes = (bytes) => Math.round(bytes / 1000).toLocaleString("en-US");
