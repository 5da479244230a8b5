import { Html } from "./html.ts";

/** For a desktop, a phone, dark mode and paper. */
export const style = new Html(`
:root { color-scheme: light dark; --bg: #fbfaf8; --card: #fff; --text: #1d1f24; --muted: #5c6270; --line: #dfdfe3; --batches: #b8500a; --held-out: #1d4ed8; --wrong: #dc2626; }
@media (prefers-color-scheme: dark) { :root { --bg: #131519; --card: #1c1f25; --text: #e8e9ec; --muted: #a3a9b6; --line: #353a44; --batches: #ff9d57; --held-out: #82aaff; --wrong: #f87171; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1000px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 0.3em; }
h2 { font-size: 1.25rem; margin: 0 0 0.6em; }
p { max-width: 74ch; margin: 0 0 1em; }
section { margin-top: 24px; padding: 22px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
small { color: var(--muted); font-size: 0.82rem; display: block; }
code { font: 0.88em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: var(--held-out); overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: 5px 16px 5px 0; text-align: left; font-weight: normal; white-space: nowrap; }
thead th { color: var(--muted); font-size: 0.85rem; }
tbody tr, tfoot tr { border-top: 1px solid var(--line); }
tfoot td { font-weight: 600; }
.layers th:nth-child(n + 4), .layers td:nth-child(n + 4) { text-align: right; }
caption { text-align: left; color: var(--muted); font-size: 0.9rem; padding-bottom: 6px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 10px 20px; margin: 0; }
.facts dt { color: var(--muted); font-size: 0.85rem; }
.facts dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
figure { margin: 0; }
figcaption { font-weight: 600; }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 28px; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--muted); font-size: 12px; }
.grid { stroke: var(--line); }
path { fill: none; stroke-width: 2; stroke-linejoin: round; }
path.batches { stroke: var(--batches); stroke-width: 1.4; }
path.held-out { stroke: var(--held-out); }
circle.held-out { fill: var(--held-out); }
.key { font-weight: 600; }
.key.batches { color: var(--batches); }
.key.held-out { color: var(--held-out); }
.confusion th, .confusion td { padding: 4px 10px; text-align: center; font-size: 0.9rem; }
.confusion tbody tr { border: none; }
.confusion .none { color: var(--muted); }
.confusion .right { background: color-mix(in srgb, var(--held-out) 18%, transparent); }
.confusion .mistaken { background: color-mix(in srgb, var(--wrong) var(--p), transparent); font-weight: 600; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(118px, 1fr)); gap: 16px; padding: 0; margin: 0; list-style: none; font-size: 0.88rem; }
.mistakes img { display: block; width: 100%; border-radius: 4px; border: 1px solid var(--line); image-rendering: pixelated; margin-bottom: 4px; }
@media (max-width: 700px) { main { padding: 18px 12px 40px; } section { padding: 16px 14px; } .charts { grid-template-columns: minmax(0, 1fr); } }
@media print { section { border: none; padding: 8px 0; } figure, tr, li { break-inside: avoid; } * { print-color-adjust: exact; } }
`);
