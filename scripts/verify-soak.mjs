// Trains small models of all kinds in one process, again and again, compiled and op by op, in turns. In the end memory must be as it was after warming up,
// and each training must have had the same bits in each round.
//
//   node scripts/verify-soak.mjs [minutes, 60]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleProgram } from "./bundle-program.mjs";

const minutes = Number(process.argv[2] ?? 60);
if (!(minutes > 0 && Number.isFinite(minutes))) {
  console.error(`error: the number of minutes must be a number above 0, but is ${process.argv[2]}.`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "pointwise-soak-"));
const program = join(folder, "program.mjs");
await bundleProgram("../apps/trainer/test/soak/program.ts", program);
const { soak } = await import(pathToFileURL(program));
process.exitCode = await soak(60 * minutes, folder);
rmSync(folder, { recursive: true, force: true });
