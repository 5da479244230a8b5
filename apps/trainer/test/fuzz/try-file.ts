import { PointwiseError } from "@pointwise/tensor";
import type { Parser } from "./parsers.ts";

/** Of computing, not of waiting: other programs may keep the machine busy. */
const slowestMilliseconds = 2000;

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const describePrototypes = (): string => prototypes.map((p) => Reflect.ownKeys(p).map(String).join()).join(";");
const cleanPrototypes = describePrototypes();

export interface Outcome {
  readonly accepted: boolean;
  /** Of all the processor's cores. */
  readonly milliseconds: number;
}

/** @throws Error that says what the parser did that it must not */
export async function tryFile(parser: Parser, bytes: Uint8Array): Promise<Outcome> {
  const start = process.cpuUsage();
  let accepted = true;
  try {
    await parser.read(bytes);
  } catch (error) {
    if (!(error instanceof PointwiseError)) {
      throw new Error(`threw what is not documented: ${error instanceof Error ? error.stack : String(error)}`);
    }
    accepted = false;
  }
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  if (milliseconds > slowestMilliseconds) throw new Error(`took ${Math.round(milliseconds)} ms of computing`);
  if (describePrototypes() !== cleanPrototypes) throw new Error("changed a prototype that all objects have");
  return { accepted, milliseconds };
}
