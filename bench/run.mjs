/** The benchmark's one command; `--help` lists what it can be asked for, README.md says what it does. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { help, parseOptions } from "./options.mjs";
import { bundles } from "./peers.mjs";
import { revision } from "./revision.mjs";
import { killWorkers, Worker } from "./worker.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

process.on("exit", killWorkers);
process.on("SIGHUP", () => process.exit(129));
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

const options = optionsOrExit();
if (options) await run(options);
else console.log(help);

function optionsOrExit() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : error}\nnode bench/run.mjs --help says what can be asked for.`,
    );
    process.exit(2);
  }
}

/** @param {import("./options.mjs").Options} options */
async function run({ workloads, peers, effort, core, limits, memory, coldStart, bundleSize, full }) {
  installPeers();
  const { bundle } = await import("./bundle.mjs"); // the root's packages may be missing; the help must not need them
  const { measureWorkload } = await import("./measure.mjs");
  const measured = revision(); // before the sources are read: they may change while this runs
  for (const { from, to } of Object.values(bundles)) {
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, await bundle(from, { platform: "node" }));
  }
  const workers = peers.map((peer) => new Worker(peer, pinTo(core)));
  const { versions, absent } = await askVersions(workers);
  const taking = (/** @type {string} */ table) =>
    workers.filter(({ peer }) => peer.tables.includes(table) && versions.has(peer.id));

  /** @type {import("./report.mjs").Results} */
  const results = {
    ...{ revision: measured, peers, versions, workloads, cells: new Map() },
    ...{ limits: [], memory: [], coldStarts: new Map(), bundleSizes: [] },
  };
  for (const workload of workloads) {
    log(`${workload.name}: ${workload.title}`);
    const cells = await measureWorkload(workload, taking(workload.table), effort);
    results.cells.set(workload.name, new Map([...absent, ...cells]));
  }
  if (limits) {
    log("limits");
    const { measureLimits } = await import("./limits.mjs");
    results.limits = await measureLimits(taking("Limits"), { ...effort, rounds: Math.min(effort.rounds, 5) });
  }
  if (memory) {
    log("memory");
    const { measureMemory } = await import("./flatness.mjs");
    results.memory = await measureMemory(taking("Memory"));
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
  if (full) {
    writeFileSync(`${here}build/RESULTS.md`, text);
    renameSync(`${here}build/RESULTS.md`, `${here}RESULTS.md`); // at once: the old results, or the new ones, never half of them
  }
  process.exit();
}

/** Install scripts would fetch native code for graphics cards. */
function installPeers() {
  if (existsSync(`${here}node_modules/.package-lock.json`)) return; // npm writes it last
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
  process.stderr.write(`${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
}
