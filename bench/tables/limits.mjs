import { formatNumber, formatPercent, Notes, table } from "../markdown.mjs";
import { median, ratio } from "../statistics.mjs";

const mostShares = 5;
const mostOps = 4;

/** @param {import("../report.mjs").Results} results */
export function limitTable({ limits }) {
  if (limits.length === 0) return [];
  const notes = new Notes();
  const rows = limits.map(({ workload, peer, rates, peaks, work, shares, failure }) => {
    if (failure) return [workload, peer, `–${notes.mark(failure)}`];
    const rate = median(rates);
    const flops = rates.map((r) => r * work.flops);
    return [
      ...[workload, peer, formatNumber(work.flops / 1e6), formatNumber(work.bytes / 1e6), formatNumber(1e6 / rate)],
      ...[
        formatNumber(median(flops) / 1e9),
        formatPercent(ratio(flops, peaks)),
        formatNumber((rate * work.bytes) / 1e9),
      ],
      shares
        .slice(0, mostShares)
        .map(({ name, share }) => `${formatPercent(share)} ${shorten(name)}`)
        .join("<br>"),
    ];
  });
  const head = ["", "", "MFLOP", "MB", "µs a step", "GFLOP/s", "of peak", "GB/s", "where the time goes"];
  return [
    "## Limits: what a step does, and where its time goes",
    "MFLOP and MB a step are the compiler's count (`explain()`; an elementwise op of any kind is one operation an element; bytes are those of the arrays that " +
      "its kernels read and write, wherever they lie: mostly in the caches). The peak is of multiply-adds, so elementwise work cannot reach it. The last column is " +
      "V8's profile: number, ops and phase of the program's functions, with what they call (or the kernel's name alone, where V8 has inlined its caller).",
    table(head, rows) + notes.text(),
  ];
}

/** "16 mul+mul+add+… (13 ops) each". @param {string} name */
function shorten(name) {
  return name.replace(/\S*\+\S*/, (chain) => {
    const ops = chain.split("+");
    return ops.length > mostOps ? `${ops.slice(0, mostOps - 1).join("+")}+… (${ops.length} ops)` : chain;
  });
}
