import { basename, relative } from "node:path";

/** How to start this program again from where it was started: `pointwise`, or `node apps/trainer/dist/main.js`. */
export function invocation(): string {
  const script = process.argv[1] ?? "pointwise";
  if (!basename(script).startsWith("main.")) return basename(script);
  const near = relative(process.cwd(), script);
  return `node ${quote(near.length < script.length ? near : script)}`;
}

/** A path as a shell takes it. */
export const quote = (path: string): string =>
  /^[\w./:@%+,=-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
