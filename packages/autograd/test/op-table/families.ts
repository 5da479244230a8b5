import type { Row } from "./row.ts";
import { binary } from "./rows/binary.ts";
import { conv } from "./rows/conv.ts";
import { indexing } from "./rows/indexing.ts";
import { matmuls } from "./rows/matmuls.ts";
import { pools } from "./rows/pools.ts";
import { random } from "./rows/random.ts";
import { reductions } from "./rows/reductions.ts";
import { shapes } from "./rows/shapes.ts";
import { softmaxes } from "./rows/softmaxes.ts";
import { unary } from "./rows/unary.ts";

/** The op table, one file a family. A family's PyTorch fixtures are in ../fixtures/FAMILY.json. */
export const families: Readonly<Record<string, readonly Row[]>> = {
  unary,
  binary,
  reductions,
  shapes,
  indexing,
  softmaxes,
  matmuls,
  conv,
  pools,
  random,
};
