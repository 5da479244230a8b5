import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exportOnnx, importOnnx } from "@pointwise/formats";
import { type Shape, tensor } from "@pointwise/tensor";
import { runOnnx } from "../../../../packages/formats/test/onnx-runtime.ts";
import { difference } from "./difference.ts";
import type { Row } from "./trip.ts";

interface Saved {
  readonly shape: Shape;
  readonly data: readonly number[];
}

interface OnnxFixture {
  readonly name: string;
  readonly cases: readonly { readonly input: Saved; readonly output: Saved }[];
}

/**
 * ONNX files that PyTorch once wrote: here, and exported again in ONNX Runtime.
 * @param folder of the files, and of expected.json, which says what PyTorch gives
 */
export async function travelOnnxFiles(folder: string): Promise<Row[]> {
  const fixtures = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as OnnxFixture[]; // as make.py writes it
  const rows: Row[] = [];
  for (const { name, cases } of fixtures) {
    const model = importOnnx(readFileSync(join(folder, `${name}.onnx`)), name);
    const { dtype } = model.info.inputs[0]!;
    const inputs = cases.map(({ input: { data, shape } }) => tensor(Float64Array.from(data), { shape, dtype }));
    const outputs = inputs.map((x) => model.forward(x));
    const fromOnnx = cases.map(({ output: { data, shape } }, i) =>
      difference(outputs[i]!, tensor(Float32Array.from(data), { shape })),
    );
    const names = new Map([...model.parameters, ...model.buffers]);
    const byRuntime: number[] = [];
    for (const [i, x] of inputs.entries()) {
      const bytes = exportOnnx((input) => model.forward(input), x, { names, dynamicBatch: false });
      const [y] = await runOnnx(bytes, x);
      byRuntime.push(difference(y!, outputs[i]!));
    }
    rows.push({
      name: `${name}.onnx`,
      parameters: [...model.parameters.values()].reduce((sum, { size }) => sum + size, 0),
      legs: { fromOnnx: Math.max(...fromOnnx), onnxRuntime: Math.max(...byRuntime) },
    });
  }
  return rows;
}
