// Takes every layer and model from PyTorch to Pointwise, to ONNX Runtime and back to PyTorch, and prints the largest difference
// on each leg. Then it does so with the predictions of lab's trained twins.
//
//   node scripts/verify-interop.mjs [--without-pytorch: with what is committed of PyTorch, and ONNX Runtime]
//                                   [--lab=report.html: with the twins of this report, instead of training others]
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const options = process.argv.slice(2);
const withPytorch = !options.includes("--without-pytorch");
const lab = options.findLast((option) => option.startsWith("--lab="))?.slice("--lab=".length);
if (options.some((option) => option !== "--without-pytorch" && !option.startsWith("--lab="))) {
  stop(`the options are --without-pytorch and --lab=report.html, but got ${options.join(" ")}.`);
}
const python = withPytorch ? findPytorch() : undefined;

const folder = mkdtempSync(join(tmpdir(), "pointwise-interop-"));
const programFolder = path(`../apps/trainer/node_modules/.pointwise-interop/${process.pid}`);
const columns = [
  ["here", "PyTorch → here"],
  ["training", "training"],
  ["onnxRuntime", "→ ONNX Runtime"],
  ["back", "→ PyTorch"],
  ["fromOnnx", "PyTorch's ONNX → here"],
];
try {
  const program = await bundle();
  if (lab === undefined) runTrainer("lab", "--out", "report.html");
  else copyTwins(resolve(lab));
  for (const twin of ["dense", "pointwise"]) {
    const files = ["--onnx", `${twin}.onnx`, "--safetensors", `${twin}.safetensors`];
    runTrainer("export", `report.${twin}.safetensors`, ...files);
  }
  if (withPytorch) runPytorch("make");
  const rows = withPytorch ? await program.travelFromPytorch(folder) : await travelWithoutPytorch(program);
  const twins = await program.tryTwins(folder);
  if (withPytorch) runPytorch("take");
  const failures = [
    ...printTable(withPytorch ? rows() : rows, program.bound),
    ...printTwins(twins(withPytorch), program.bound),
  ];
  if (failures.length > 0) {
    console.error(`error: above ${format(program.bound)}: ${failures.join("; ")}`);
    process.exitCode = 1;
  } else {
    console.log(
      `\nAll differences are at most ${format(program.bound)}, of the value itself where it is larger than 1.`,
    );
  }
} finally {
  for (const each of [folder, programFolder]) rmSync(each, { recursive: true, force: true });
}

function stop(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}

/** The first on the path may be one that PyTorch is not installed for, as Debian's is. */
function findPytorch() {
  for (const command of ["python3", "/usr/bin/python3"]) {
    const { status, stdout } = spawnSync(command, ["-c", "import torch; print(torch.__version__)"], {
      encoding: "utf8",
    });
    if (status !== 0) continue;
    console.log(`PyTorch ${stdout.trim()} of ${command}`);
    return command;
  }
  return stop(
    "no python3 here can import torch. Install PyTorch, on Debian by `apt-get install python3-torch`, " +
      "or run this with --without-pytorch, which compares with what is committed of PyTorch.",
  );
}

/** Bundles the trainer and the test's program to where they find the trainer's libraries. */
async function bundle() {
  await build({
    entryPoints: {
      trainer: path("../apps/trainer/src/main.ts"),
      program: path("../apps/trainer/test/interop/program.ts"),
    },
    outdir: programFolder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@pointwise/source"],
    external: ["cli-progress", "commander", "mnist", "onnxruntime-web", "picocolors", "pngjs"],
  });
  return import(pathToFileURL(join(programFolder, "program.mjs")).href);
}

function runTrainer(...args) {
  execFileSync(process.execPath, [join(programFolder, "trainer.mjs"), ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Lab leaves them beside its report. */
function copyTwins(report) {
  for (const twin of ["dense", "pointwise"]) {
    copyFileSync(report.replace(/\.html$/, `.${twin}.safetensors`), join(folder, `report.${twin}.safetensors`));
  }
}

function runPytorch(part) {
  execFileSync(python, [path("verify-interop.py"), part, folder], { stdio: ["ignore", "inherit", "inherit"] });
}

async function travelWithoutPytorch(program) {
  console.log("Without PyTorch: layers and ONNX files against what is committed of it; models only in ONNX Runtime.");
  return [
    ...(await program.travelWithoutPytorch(path("../packages/layers/test/fixtures/layers.json"))),
    ...(await program.travelOnnxFiles(path("../packages/formats/test/onnx-fixtures"))),
  ];
}

/** @returns what is above the bound */
function printTable(rows, bound) {
  const failures = [];
  const cells = rows.map(({ name, parameters, legs }) => {
    const tooFar = columns.filter(([leg]) => !((legs[leg] ?? 0) <= bound));
    failures.push(...tooFar.map(([leg, title]) => `${name}, ${title}: ${format(legs[leg])}`));
    const shown = columns.map(([leg]) => (legs[leg] === undefined ? "—" : format(legs[leg])));
    return [name, parameters.toLocaleString("en-US"), ...shown, tooFar.length === 0 ? "ok" : "TOO FAR"];
  });
  const table = [["", "parameters", ...columns.map(([, title]) => title), ""], ...cells];
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  for (const row of table) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
  }
  const notExported = rows.filter((row) => row.notExported);
  if (notExported.length > 0) console.log("\nWithout an ONNX file of PyTorch:");
  for (const row of notExported) console.log(`  ${row.name}: ${row.notExported}`);
  return failures;
}

/** @returns what is predicted in another way, or above the bound */
function printTwins(twins, bound) {
  const failures = [];
  for (const { name, digits, right, programs } of twins) {
    const count = digits.toLocaleString("en-US");
    console.log(`\nlab's trained ${name}: ${right} of ${count} held-out digits right. The same prediction`);
    for (const { program, same, difference } of programs) {
      console.log(
        `  in ${program}: ${same.toLocaleString("en-US")} of ${count}; largest difference of a probability ${format(difference)}`,
      );
      if (same !== digits || !(difference <= bound)) failures.push(`${name} in ${program}`);
    }
  }
  return failures;
}

function format(difference) {
  return difference === 0 ? "0" : difference.toExponential(1);
}
