import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The files that are the same, to the byte, for equal runs. */
export const resultFiles = ["config.json", "metrics.jsonl", "best.safetensors", "last.safetensors"] as const;

/** A hash of each of them. */
export const resultHashes = (run: string): Record<string, string> =>
  Object.fromEntries(
    resultFiles.map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(run, file)))
        .digest("hex"),
    ]),
  );
