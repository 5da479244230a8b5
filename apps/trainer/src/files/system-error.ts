import { UsageError } from "@pointwise/tensor";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EACCES: "you have no permission",
  EPERM: "you have no permission",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "there is a file of that name",
  EISDIR: "it is a folder, not a file",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
  ENAMETOOLONG: "the name is too long",
};

/**
 * Does something with files, and explains what went wrong.
 * @param what such as "Cannot write runs/a/config.json"
 * @throws UsageError
 */
export function explainingFileErrors<T>(what: string, advice: string, fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
    if (code === undefined) throw error;
    throw new UsageError(`${what}: ${reasons[code] ?? code}. ${advice}`, { cause: error });
  }
}
