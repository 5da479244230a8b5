import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "@pointwise/tensor";
import { explainingFileErrors } from "../files/system-error.ts";

/** @throws UsageError that says why the file cannot be read, and `advice`. */
export function readBytes(file: string, advice: string): Uint8Array {
  return explainingFileErrors(`Cannot read ${file}`, advice, () => readFileSync(file));
}

/**
 * For each wanted file the first of its possible names that is in the folder.
 * @param advice where to get the files
 * @throws UsageError that says which files were looked for
 */
export function findFiles<K extends string>(
  folder: string,
  wanted: Readonly<Record<K, readonly string[]>>,
  advice: string,
): Record<K, string> {
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}. ${advice}`);
  if (!statSync(folder).isDirectory()) throw new UsageError(`${folder} is a file, but a folder is needed. ${advice}`);
  const found: Partial<Record<K, string>> = {};
  const missing: string[] = [];
  for (const key in wanted) {
    const name = wanted[key].find((candidate) => existsSync(join(folder, candidate)));
    if (name === undefined) missing.push(wanted[key].join(" or "));
    else found[key] = plainFile(join(folder, name), advice);
  }
  if (missing.length === 0) return found as Record<K, string>; // every key was found
  throw new UsageError(`The folder ${folder} lacks ${missing.join(", and ")}. ${advice}`);
}

/** The path of a file, or of a link to one: a pipe or a device may never end. @throws UsageError if it is anything else */
export function plainFile(path: string, advice: string): string {
  if (explainingFileErrors(`Cannot read ${path}`, advice, () => statSync(path)).isFile()) return path;
  throw new UsageError(`${path} is no plain file, but a folder, a pipe or a device. ${advice}`);
}
