import { formatNumber, Notes, table } from "../markdown.mjs";

/** @param {import("../report.mjs").Results} results */
export function bundleSizeTable({ bundleSizes }) {
  if (bundleSizes.length === 0) return [];
  const notes = new Notes();
  const kilobytes = (/** @type {number} */ bytes) => (bytes === 0 ? "" : formatNumber(bytes / 1000));
  const rows = bundleSizes.map(({ name, script = 0, assets = 0, failure }) =>
    failure ? [name, `–${notes.mark(failure)}`] : [name, ...[script, assets, script + assets].map(kilobytes)],
  );
  return [
    "## Size: kB",
    "What a page downloads to train a small network: the script, bundled and minified, and files beside it, all compressed by gzip.",
    table(["", "script", "files", "together"], rows) + notes.text(),
  ];
}
