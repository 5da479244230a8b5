import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSafetensors } from "@pointwise/formats";
import { type Tensor, tensor } from "@pointwise/tensor";
import type { Saved } from "../../../../packages/layers/test/fixtures.ts";
import type { LayerFixture } from "../../../../packages/layers/test/layer-fixture.ts";

type Named = ReadonlyMap<string, Tensor>;

/** Calls one after the other, and what the last one gave. */
interface Training {
  readonly mode: "train" | "eval";
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  /** The loss is the sum of the output times these. */
  readonly weights: Tensor;
  readonly grads: Named;
  /** The state dict after the calls, without a step of an optimizer. */
  readonly after: Named;
}

/** What there is of a model of PyTorch. */
export interface Given {
  readonly state: Named;
  readonly input: Tensor;
  /** For `input`, in evaluation mode. */
  readonly output?: Tensor;
  readonly training?: Training;
  /** The model as PyTorch exports it, or why it cannot. */
  readonly onnx?: Uint8Array | string;
}

const readTensors = (file: string): Named => decodeSafetensors(readFileSync(file), file).tensors;

/** What verify-interop.py has made. */
export function readGiven(folder: string): Given {
  const expected = readTensors(join(folder, "expected.safetensors"));
  const part = (prefix: string) =>
    new Map([...expected].filter(([k]) => k.startsWith(prefix)).map(([k, x]) => [k.slice(prefix.length), x]));
  const get = (name: string) => expected.get(name)!; // written for each
  const mode = expected.has("trained") ? "train" : "eval";
  const input = get("input");
  const model = join(folder, "model.onnx");
  return {
    state: readTensors(join(folder, "state.safetensors")),
    input,
    output: get("output"),
    training: {
      mode,
      inputs: [input, input],
      output: get(mode === "train" ? "trained" : "stayed"),
      weights: get("weights"),
      grads: part("grad."),
      after: part("after."),
    },
    onnx: existsSync(model) ? readFileSync(model) : readFileSync(join(folder, "model.txt"), "utf8"),
  };
}

/** What PyTorch gives for the model that came back, and its state dict then. */
export interface Taken {
  readonly output: Tensor;
  readonly state: Named;
}

export function readTaken(folder: string): Taken {
  const { output, ...state } = Object.fromEntries(readTensors(join(folder, "taken.safetensors")));
  return { output: output!, state: new Map(Object.entries(state).map(([k, x]) => [k.replace(/^state\./, ""), x])) };
}

/**
 * What PyTorch made of the layers for their tests.
 * @param file layers.json
 */
export function readLayerFixtures(file: string): Map<string, Given> {
  const float = ({ data, shape }: Saved) => tensor(Float32Array.from(data), { shape });
  const named = (values: Readonly<Record<string, Saved>>) =>
    new Map(Object.entries(values).map(([name, value]) => [name, float(value)]));
  const fixtures = JSON.parse(readFileSync(file, "utf8")) as LayerFixture[]; // as make_fixtures.py writes it
  return new Map(
    fixtures.map((fixture) => {
      const toInput = fixture.inputGrad ? float : ({ data, shape }: Saved) => tensor(Int32Array.from(data), { shape });
      const inputs = fixture.inputs.map(toInput);
      const output = float(fixture.output);
      const [input, state] = [inputs.at(-1)!, named(fixture.before)];
      const [weights, grads, after] = [float(fixture.weights), named(fixture.grads), named(fixture.after)];
      const training = { mode: fixture.eval ? "eval" : "train", inputs, output, weights, grads, after } as const;
      return [`layers/${fixture.name}`, { state, input, training, ...(fixture.eval && { output }) }];
    }),
  );
}
