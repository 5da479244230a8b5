// Packs every library package, asks publint and "Are the types wrong?" about the tarballs, installs them in a fresh folder, and uses
// them as a stranger would: from plain Node, from TypeScript with `nodenext`, and bundled for a browser, where the gzipped size has a budget.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const budgets = [
  { file: "one-import.ts", title: "import { tensor }", maxKB: 25 },
  { file: "training.ts", title: "the README's training example", maxKB: 45 },
  { file: "compiled-core.ts", title: "a compiled training step, with the kernels it needs", maxKB: 60 },
  { file: "compiled.ts", title: "the same, with all kernels", maxKB: 79 },
];

const folder = mkdtempSync(join(tmpdir(), "pointwise-tarballs-"));
try {
  const entries = pack();
  lint();
  install();
  importFromNode(entries);
  checkOneCompiler();
  checkOneByte();
  checkTypes();
  for (const budget of budgets) await bundle(budget);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command, args, cwd = folder) {
  // npm warns of each setting of pnpm that it does not know.
  const env = { ...process.env, npm_config_loglevel: "error" };
  execFileSync(command, args, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
}

/** @returns what can be imported: the packages' names, and their further entries. */
function pack() {
  mkdirSync(join(folder, "tarballs"));
  run(
    "npx",
    ["pnpm@10", "-r", "--filter", "./packages/*", "pack", "--pack-destination", join(folder, "tarballs")],
    root,
  );
  return readdirSync(join(root, "packages")).flatMap((directory) => {
    const { name, exports } = JSON.parse(readFileSync(join(root, "packages", directory, "package.json"), "utf8"));
    const paths = Object.keys(exports).filter((path) => path !== "./package.json");
    return paths.map((path) => name + path.slice(1));
  });
}

function tarballs() {
  return readdirSync(join(folder, "tarballs")).map((name) => join(folder, "tarballs", name));
}

/** Each prints what is wrong, and then fails. */
function lint() {
  const bin = (name) => join(root, "node_modules/.bin", name);
  for (const tarball of tarballs()) {
    for (const [command, ...options] of [
      ["publint", "run", "--strict"],
      ["attw", "--profile", "esm-only"],
    ]) {
      const { status, stdout } = spawnSync(bin(command), [...options, tarball], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      });
      if (status === 0) continue;
      console.log(stdout);
      throw new Error(`${command} refuses ${basename(tarball)}.`);
    }
    console.log(`ok  ${basename(tarball)}: publint, and the types are right`);
  }
}

function install() {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
  run("npm", ["install", "--no-audit", "--no-fund", ...tarballs()]);
}

function importFromNode(names) {
  for (const name of names) {
    run("node", [
      "--input-type=module",
      "-e",
      `const all = await import("${name}"); if (!Object.keys(all).length) process.exit(1);`,
    ]);
    run("node", ["--input-type=commonjs", "-e", `if (!Object.keys(require("${name}")).length) process.exit(1);`]);
    console.log(`ok  ${name}: imported and required by plain Node ${process.version}`);
  }
}

/** Two copies of the compiler would have two heaps, between which parameters would be copied at each call. */
function checkOneCompiler() {
  const code = `import { compile } from "@pointwise/compiler";
    import * as core from "@pointwise/compiler/core";
    if (core.compile !== compile) throw new Error("The entries of @pointwise/compiler have a compiler each.");`;
  run("node", ["--input-type=module", "-e", code]);
  console.log("ok  @pointwise/compiler: its entries share one compiler");
}

/**
 * V8 keeps a source with a character beyond Latin-1, be it in a comment, in two bytes a character, and takes a tenth longer to compile its
 * functions.
 */
function checkOneByte() {
  const scope = join(folder, "node_modules/@pointwise");
  for (const file of readdirSync(scope, { recursive: true }).filter((name) => name.endsWith(".js"))) {
    const lines = readFileSync(join(scope, file), "utf8").split("\n");
    const wide = lines.find((line) => /[\u0100-\uffff]/.test(line));
    if (wide)
      throw new Error(
        `@pointwise/${file} has a character beyond Latin-1: ${wide.trim()}. Write it in ASCII in the source.`,
      );
  }
  console.log("ok  every package's code is of Latin-1 characters, which V8 reads faster");
}

function checkTypes() {
  writeFileSync(
    join(folder, "one-import.ts"),
    'import { tensor } from "@pointwise/tensor";\nconsole.log(String(tensor([1, 2, 3])));\n',
  );
  writeFileSync(join(folder, "training.ts"), trainingExample());
  const compiled = readFileSync(join(root, "bench/minimal/pointwise.ts"), "utf8");
  writeFileSync(join(folder, "compiled-core.ts"), compiled);
  writeFileSync(join(folder, "compiled.ts"), withAllKernels(compiled));
  const options = { module: "nodenext", target: "es2022", strict: true, noEmit: true, skipLibCheck: false, types: [] };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...options, lib: ["es2022", "dom"] }, include: ["*.ts"] }),
  );
  run("node", [join(root, "node_modules/typescript/bin/tsc"), "-p", folder]);
  console.log("ok  types: tsc with module nodenext, strict, library declarations checked");
}

async function bundle({ file, title, maxKB }) {
  const options = {
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    absWorkingDir: folder,
  };
  const { outputFiles } = await build({ ...options, entryPoints: [file] });
  const code = outputFiles[0].contents;
  writeFileSync(join(folder, `${file}.mjs`), code);
  run("node", [`${file}.mjs`]);
  const kB = gzipSync(code).length / 1000;
  console.log(`${kB <= maxKB ? "ok " : "BAD"} browser bundle, ${title}: ${kB.toFixed(1)} kB gzip, budget ${maxKB} kB`);
  if (kB > maxKB) process.exitCode = 1;
}

function withAllKernels(script) {
  const whole = script
    .replace(/import \{.*\} from "@pointwise\/compiler\/core"/, 'import { compile } from "@pointwise/compiler"')
    .replace(/^useKernels\(.*\n/m, "");
  if (/core|useKernels/.test(whole))
    throw new Error("bench/minimal/pointwise.ts registers its kernels in another way.");
  return whole;
}

/** The first TypeScript block of the README. */
function trainingExample() {
  const block = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8"));
  if (!block) throw new Error("README.md has no TypeScript example.");
  return block[1];
}
