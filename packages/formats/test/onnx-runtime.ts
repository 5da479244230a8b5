import { type DType, fromData, type Tensor } from "@pointwise/tensor";
import { env, InferenceSession, Tensor as OrtTensor } from "onnxruntime-web";

env.wasm.numThreads = 1;

/** Runs an ONNX file of one input and one output by ONNX Runtime, once for each of `inputs`. */
export async function runOnnx(bytes: Uint8Array, ...inputs: readonly Tensor[]): Promise<Tensor[]> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  try {
    const outputs: Tensor[] = [];
    for (const x of inputs) {
      const results = await session.run({ [session.inputNames[0]!]: toOrt(x) });
      outputs.push(fromOrt(results[session.outputNames[0]!]!));
    }
    return outputs;
  } finally {
    await session.release();
  }
}

function toOrt({ data, shape, dtype }: Tensor): OrtTensor {
  // The runtime's types want the array's type to go with the literal name of the dtype.
  return new OrtTensor(dtype as "float32", data as Float32Array, shape);
}

function fromOrt({ data, dims, type }: OrtTensor): Tensor {
  return fromData(data as Float32Array, dims, type as DType); // fromData checks that they go together
}
