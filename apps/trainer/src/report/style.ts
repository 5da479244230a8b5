import { Html } from "./html.ts";

/** For a desktop, a phone, dark mode and paper. Curves, tables and text take their colours from the variables. */
export const style = new Html(`
:root { color-scheme: light dark; --bg: #fbfaf8; --card: #fff; --text: #1d1f24; --muted: #5c6270; --line: #dfdfe3; --dense: #b8500a; --pointwise: #1d4ed8; --wrong: #dc2626; }
@media (prefers-color-scheme: dark) { :root { --bg: #131519; --card: #1c1f25; --text: #e8e9ec; --muted: #a3a9b6; --line: #353a44; --dense: #ff9d57; --pointwise: #82aaff; --wrong: #f87171; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: clamp(1.75rem, 5vw, 2.6rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0.2em 0 0.4em; text-wrap: balance; }
h1 em { color: var(--pointwise); font-style: normal; }
h2 { font-size: 1.4rem; letter-spacing: -0.01em; margin: 0 0 0.5em; }
h3 { font-size: 1rem; margin: 0 0 0.6em; }
p { max-width: 74ch; margin: 0 0 1em; }
section { margin-top: 28px; padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
small, .note { color: var(--muted); font-size: 0.85rem; font-weight: normal; }
.brand { color: var(--muted); margin: 0; }
.lead { font-size: 1.15rem; max-width: 62ch; }
code { font: 0.9em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
figure { margin: 0; }
figcaption { color: var(--muted); font-size: 0.9rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.scroll { overflow-x: auto; }
.pixels { image-rendering: pixelated; }

.tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: 12px; margin: 24px 0 0; }
.tile { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: 16px; background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--muted); border-radius: 10px; }
.tile.dense { border-top-color: var(--dense); }
.tile.pointwise { border-top-color: var(--pointwise); }
.tile dt { color: var(--muted); font-size: 0.85rem; line-height: 1.35; }
.tile dd { margin: 0 0 4px; font-size: 1.7rem; font-weight: 650; letter-spacing: -0.02em; white-space: nowrap; }

table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 14px 6px 0; text-align: left; font-weight: normal; }
thead th { color: var(--muted); font-size: 0.85rem; }
tbody th { font-weight: 600; }
tbody tr { border-top: 1px solid var(--line); }
caption { text-align: left; color: var(--muted); font-size: 0.9rem; padding-bottom: 4px; }
.numbers { white-space: nowrap; margin-bottom: 1em; }
.numbers th:last-child, .numbers td:last-child { padding-right: 0; }
.tables .numbers { font-size: 0.95rem; }
.numbers th:nth-child(n + 3), .numbers td:nth-child(n + 3), .compare th:nth-child(2), .compare td:nth-child(2) { text-align: right; }
.layers th:nth-child(3), .layers td:nth-child(3), .places th:nth-child(4), .places td:nth-child(4) { text-align: left; }
.places th:nth-child(2), .places td:nth-child(2) { text-align: right; }
.places th:nth-child(4), .places td:nth-child(4) { padding-left: 16px; }
.compare .part { border-top: none; }
.compare .part th { font-weight: normal; padding-left: 18px; color: var(--muted); }
.compare td, .compare thead th { padding-left: 8px; }
.formulas { margin: 0; }

.key::before { content: ""; display: inline-block; width: 11px; height: 11px; margin-right: 7px; background: currentColor; }
.key.pointwise::before { border-radius: 50%; }
.key.dense { color: var(--dense); }
.key.pointwise { color: var(--pointwise); }
.key { font-weight: 600; white-space: nowrap; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; max-width: none; align-items: baseline; }
.charts, .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 28px; }
.split { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 16px 30px; align-items: start; }
.split.wide { grid-template-columns: minmax(0, 1fr) auto; }
.split.tables { grid-template-columns: auto auto; justify-content: space-between; margin-top: 24px; }
.chart figcaption { font-weight: 600; color: var(--text); }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--muted); font-size: 13px; }
.chart .grid { stroke: var(--line); }
.chart .axis { stroke: var(--muted); }
.chart path { fill: none; stroke-linejoin: round; }
.chart .raw { opacity: 0.28; stroke-width: 1; }
.chart .curve { stroke-width: 2.4; }
.chart path.dense { stroke: var(--dense); }
.chart path.pointwise { stroke: var(--pointwise); }
.chart .mark { stroke: var(--card); stroke-width: 1.5; }
.mark.dense { fill: var(--dense); }
.mark.pointwise { fill: var(--pointwise); }

.kernel { display: grid; grid-template-columns: 110px 1fr 130px; gap: 22px; align-items: center; margin: 8px 0 16px; }
.kernel img { width: 100%; height: auto; aspect-ratio: 1; border: 1px solid var(--line); border-radius: 3px; }
.channels { display: grid; grid-template-columns: repeat(var(--n), 1fr); gap: 6px; }
.channels .row-label { grid-column: 1 / -1; color: var(--muted); font-size: 0.85rem; }
.kernel figure { text-align: center; }
.swatch { display: inline-block; width: 12px; height: 12px; border-radius: 2px; vertical-align: -1px; }
.swatch.positive { background: rgb(232 104 12); }
.swatch.negative { background: rgb(37 99 235); }

.matrix { max-width: 720px; }
.matrix svg text { font-size: 7.5px; }
.frame { fill: none; stroke: var(--line); }
.search { margin: 0 0 8px; }
.search svg { border-radius: 8px; }
.box { fill: none; stroke-width: 1; stroke: #ffb020; }
.box.missed { stroke: #ff6b6b; stroke-dasharray: 3 2; }
.search .box-label { fill: #ffb020; font-size: 5.5px; font-weight: 700; }
.search .box-label.missed { fill: #ff6b6b; }

.confusion { width: 100%; table-layout: fixed; font-size: 0.85rem; }
.confusion th, .confusion td { padding: 4px 0; text-align: center; }
.confusion tbody tr { border: none; }
.confusion .none { color: var(--line); }
.confusion .right { background: color-mix(in srgb, var(--muted) 18%, transparent); }
.confusion .wrong { background: color-mix(in srgb, var(--wrong) var(--p), transparent); font-weight: 600; }
.mistakes { display: grid; grid-template-columns: repeat(4, 1fr); gap: 14px; padding: 0; margin: 18px 0 0; list-style: none; }
.mistakes li { font-size: 0.85rem; line-height: 1.35; }
.mistakes img { display: block; width: 100%; height: auto; border-radius: 4px; margin-bottom: 4px; }
.mistakes small { display: block; font-size: 0.78rem; }

.facts { margin: 0; }
.facts div { display: grid; grid-template-columns: 100px 1fr; padding: 5px 0; border-top: 1px solid var(--line); }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }

@media (max-width: 760px) {
  main { padding: 20px 12px 40px; }
  section { padding: 18px 14px; border-radius: 10px; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .charts, .pair, .split, .split.tables, .split.wide { grid-template-columns: minmax(0, 1fr); }
  .tile:last-child { grid-column: 1 / -1; }
  .numbers, .tables .numbers, .numbers thead th { font-size: 0.8rem; }
  .chart svg text { font-size: 15px; }
  th, td { padding-right: 8px; }
  .formulas thead { display: none; }
  .formulas th, .formulas td { display: block; padding: 1px 0; }
  .formulas tr { display: block; padding: 7px 0; }
  .kernel { grid-template-columns: 1fr; gap: 14px; }
  .kernel figure img { max-width: 140px; margin: 0 auto; }
  .compare td, .compare thead th { padding-left: 0; }
  .places th:nth-child(4), .places td:nth-child(4) { padding-left: 6px; }
}
@media print {
  :root { --bg: #fff; --card: #fff; --text: #000; --muted: #444; --line: #ccc; --dense: #b8500a; --pointwise: #1d4ed8; }
  body { font-size: 12px; }
  main { max-width: none; padding: 0; }
  section { padding: 12px 0; border: none; }
  figure, tr, .tile, .mistakes li, .kernel { break-inside: avoid; }
  * { print-color-adjust: exact; }
}
`);
