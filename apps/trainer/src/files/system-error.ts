import { UsageError } from "@pointwise/tensor";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EACCES: "you have no permission",
  EPERM: "you have no permission",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "there is a file of that name",
  EISDIR: "it is a folder, not a file",
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is used up",
  EIO: "the disk reports an error",
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
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`${what}: ${reasons[code] ?? code}. ${advice}`, { cause: error });
  }
}

/** Such as "ENOENT", of an error that the system reports; `undefined` for any other. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
