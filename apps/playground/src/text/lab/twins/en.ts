/** Of the lab's part with the twins. */
export const en = {
  title: "Train twins: a dense head against a 1×1 head",
  idea:
    "Two networks read the same digits. Their bodies are the same and begin with the same weights; both get the same batches, one after " +
    "the other. Only the head differs: a dense layer over the flattened map, or a 1×1 convolution to ten maps, each averaged to one score.",
  names: { dense: "Dense head", pointwise: "1×1 head" },
  body: "The body of both:",
  map: (shape: string) => `It gives a map of ${shape}.`,
  parameters: (formula: string, parameters: string) => `${formula} = ${parameters} parameters`,
  macs: (formula: string, macs: string) => `${formula} = ${macs} MACs for one picture`,
  total: (parameters: string) => `${parameters} parameters with the body`,
  run: "Train both",
  pause: "Pause",
  resume: "Resume",
  again: "Train again",
  reset: "Reset",
  seed: "Seed",
  seedRule: "A whole number from 0 to 4,294,967,295.",
  progress: "Progress of the training",
  stepOf: (step: string, total: string, epoch: number, epochs: number) =>
    `Step ${step} of ${total}, epoch ${epoch} of ${epochs}`,
  states: {
    ready: "Ready. It takes some 10 to 30 seconds.",
    opening: "Loading the digits.",
    running: "Training both.",
    paused: "Paused.",
  },
  done: (heldOut: string, dense: string, pointwise: string) =>
    `Done. Of the ${heldOut} held-out digits the dense head has ${dense} right, the 1×1 head ${pointwise}.`,
  loss: "Loss",
  accuracy: "Accuracy",
  heldOut: "Held-out accuracy",
  step: "Step",
  lossLabel: "Loss of the batches by step, of both heads",
  accuracyLabel: "Accuracy on the batches by step, of both heads",
  heldOutLabel: "Accuracy on the held-out digits by step, of both heads",
  notes: (times: string) => [
    `The dense head has ${times} times the parameters, and needs just as many MACs: it has weights of its own for each place of the map, the 1×1 head uses the same at every place.`,
    "What the 1×1 head gives up: it does not know where on the map something is. Its body can make up for that, since each place sees 22×22 pixels.",
  ],
};

export type TwinsText = typeof en;
