/** The benchmark's one command; `--help` lists what it can be asked for, README.md says what it does. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { help, parseOptions } from "./options.mjs";
import { pointwiseBundle } from "./peers.mjs";
import { killWorkers, Worker } from "./worker.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

process.on("exit", killWorkers);
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

const options = parseOptions(process.argv.slice(2));
if (options) await run(options);
else console.log(help);

/** @param {import("./options.mjs").Options} options */
async function run({ workloads, peers, effort, core, coldStart, bundleSize, full }) {
  installPeers();
  const { bundle } = await import("./bundle.mjs"); // the root's packages may be missing; the help must not need them
  const { measureWorkload } = await import("./measure.mjs");
  mkdirSync(dirname(pointwiseBundle), { recursive: true });
  writeFileSync(pointwiseBundle, await bundle(`${here}peers/pointwise.ts`, { platform: "node" }));
  const workers = peers.map((peer) => new Worker(peer, pinTo(core)));
  const { versions, absent } = await askVersions(workers);
  const taking = (/** @type {string} */ table) =>
    workers.filter(({ peer }) => peer.tables.includes(table) && versions.has(peer.id));

  /** @type {import("./report.mjs").Results} */
  const results = { peers, versions, workloads, cells: new Map(), coldStarts: new Map(), bundleSizes: [] };
  for (const workload of workloads) {
    log(`${workload.name}: ${workload.title}`);
    const cells = await measureWorkload(workload, taking(workload.table), effort);
    results.cells.set(workload.name, new Map([...absent, ...cells]));
  }
  if (coldStart) {
    log("cold start");
    const { measureColdStarts } = await import("./cold-start.mjs");
    results.coldStarts = await measureColdStarts(taking("Cold start"), Math.min(effort.rounds, 5));
  }
  if (bundleSize) {
    log("bundle size");
    const { measureBundleSizes } = await import("./bundle-size.mjs");
    results.bundleSizes = await measureBundleSizes();
  }
  const { report } = await import("./report.mjs");
  const text = report(results, { effort, core, command: ["node bench/run.mjs", ...process.argv.slice(2)].join(" ") });
  console.log(text);
  if (full) writeFileSync(`${here}RESULTS.md`, text);
  process.exit();
}

/** Install scripts would fetch native code for graphics cards. */
function installPeers() {
  if (existsSync(`${here}node_modules`)) return;
  log("installing the peers");
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: here, stdio: ["ignore", 2, 2] });
}

/** @param {number} core */
function pinTo(core) {
  const pin = ["taskset", "-c", String(core)];
  try {
    execFileSync("taskset", [...pin.slice(1), "true"], { stdio: "ignore" });
    return pin;
  } catch {
    log("no taskset here: the peers are not kept on one core");
    return [];
  }
}

/**
 * What each peer is, and for those that cannot start a cell that says why.
 * @param {Worker[]} workers
 */
async function askVersions(workers) {
  /** @type {Map<string, string>} */
  const versions = new Map();
  /** @type {import("./measure.mjs").Cells} */
  const absent = new Map();
  for (const worker of workers) {
    const { version, failure } = await worker.ask({ do: "version" }, 60);
    worker.end();
    if (failure) {
      log(`${worker.peer.name} cannot start: ${failure}`);
      absent.set(worker.peer.id, { losses: [], rates: [], failure: `cannot start: ${failure}` });
    } else versions.set(worker.peer.id, version);
  }
  return { versions, absent };
}

/** @param {string} line */
function log(line) {
  process.stderr.write(`${line}\n`);
}
