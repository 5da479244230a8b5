import type { DataShape } from "../experiment/data-choice.ts";
import { type Experiment, takesMomentum } from "../experiment/experiment.ts";
import { toHash } from "../experiment/permalink.ts";
import { dataAsCode } from "./data-as-code.ts";
import { describeBlocks } from "./describe-blocks.ts";

/**
 * The experiment as a script for Node that trains the same model on the same batches: its losses are those of the page, bit for bit.
 * Not for an experiment whose blocks have a problem.
 */
export function asCode(experiment: Experiment, { inputShape, classes }: DataShape): string {
  const { blocks, seed, batchSize, epochs } = experiment;
  const layers = describeBlocks(blocks, inputShape, classes.length).rows.map(({ layer }) => withRng(layer));
  const optimizer = optimizerAsCode(experiment);
  const schedule = scheduleAsCode(experiment);
  const data = dataAsCode(experiment.data);
  const imports = {
    autograd: ["backward", "noGrad"],
    compiler: ["compile", "useDeterministicKernels"],
    data: ["DataLoader", ...data.imports],
    ...(data.formats && { formats: data.formats }),
    layers: ["Sequential", "crossEntropy", ...layers.map((layer) => /^\w+/.exec(layer)![0])],
    optimizers: [/^\w+/.exec(optimizer)![0], ...(schedule ? [/^\w+/.exec(schedule)![0]] : [])],
    tensor: ["argmax", "eq", "Rng", "sum", ...(data.tensor ?? [])],
  };
  return `// Made by the Pointwise playground from this experiment:
// ${toHash(experiment)}
//
// mkdir my-model && cd my-model && npm init -y
// npm install ${[...Object.keys(imports).map((name) => `@pointwise/${name}`), ...data.packages].join(" ")}
// Save this file there as train.mjs, and run it: node train.mjs
${data.nodeImports}${Object.entries(imports).map(importLine).join("\n")}

// The same bits on every machine, which is what makes the losses those of the page.
useDeterministicKernels();

${data.code}
const rng = new Rng(${seed});
const model = new Sequential(
${layers.map((layer) => `  new ${layer},`).join("\n")}
);
console.log(String(model.summary([${inputShape.join(", ")}])));

const batchSize = Math.min(${batchSize}, train.length);
const batches = new DataLoader(train, { batchSize, shuffle: true, rng: new Rng("batches ${seed}"), dropLast: true });
const optimizer = new ${optimizer};
${schedule ? `const totalSteps = ${epochs} * batches.length;\nconst schedule = new ${schedule};\n` : ""}
const step = compile((x, y) => {
  const loss = crossEntropy(model.forward(x), y);
  optimizer.step(backward(loss, model.parameters()));
  return loss;
});
const predict = compile((x) => noGrad(() => argmax(model.forward(x), 1)));

let steps = 0;
for (let epoch = 1; epoch <= ${epochs}; epoch++) {
  for (const [x, y] of batches) {
    const loss = step(x, y).item();
${schedule ? "    schedule.step();\n" : ""}    if (++steps <= 5 || steps % 20 === 0) console.log(\`step \${steps}: loss \${loss}\`);
  }
  model.eval();
  let right = 0;
  for (const [x, y] of new DataLoader(test, { batchSize: 250 })) right += sum(eq(predict(x), y)).item();
  model.train();
  console.log(\`epoch \${epoch}: \${((100 * right) / test.length).toFixed(1)}% of the held-out samples are right\`);
}
`;
}

const importLine = ([name, names]: [string, readonly string[]]): string =>
  `import { ${[...new Set(names)].sort((a, b) => a.localeCompare(b)).join(", ")} } from "@pointwise/${name}";`;

/** Layers are written as they are made, but for the source of random numbers, which those with weights and Dropout need. */
function withRng(layer: string): string {
  if (!/^(Conv2d|Conv1x1|Linear|Dropout)\(/.test(layer)) return layer;
  return layer.endsWith(" })") ? layer.replace(/ }\)$/, ", rng })") : layer.replace(/\)$/, ", { rng })");
}

function optimizerAsCode({ optimizer, lr, momentum, weightDecay }: Experiment): string {
  const name = { sgd: "SGD", adam: "Adam", adamw: "AdamW", rmsprop: "RMSprop" }[optimizer];
  const options = { lr, ...(takesMomentum(optimizer) && { momentum }), weightDecay };
  const written = Object.entries(options).map(([key, value]) => `${key}: ${value}`);
  return `${name}(model.parameters(), { ${written.join(", ")} })`;
}

/** "" for a learning rate that stays. */
function scheduleAsCode({ schedule, lr }: Experiment): string {
  switch (schedule) {
    case "constant":
      return "";
    case "cosine":
      return "CosineAnnealingLR(optimizer, { tMax: totalSteps })";
    case "one-cycle":
      return `OneCycleLR(optimizer, { maxLr: ${lr}, totalSteps })`;
    case "step":
      return "StepLR(optimizer, { stepSize: Math.ceil(totalSteps / 3) })";
  }
}
