// Trains one model in a process that does nothing else, and prints what came out: alone MODEL eager|compiled FILE
import { trainings, trainToEnd } from "./training.ts";

const [model, mode, file = ""] = process.argv.slice(2);
const config = trainings(1).find((config) => config.model === model && config.eager === (mode === "eager"))!;
console.log(JSON.stringify(trainToEnd(config, file)));
