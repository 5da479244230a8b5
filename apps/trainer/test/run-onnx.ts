import { readFileSync } from "node:fs";
import { fromData, softmax, type Tensor } from "@pointwise/tensor";
import { env, InferenceSession, Tensor as OrtTensor } from "onnxruntime-web";

env.wasm.numThreads = 1;

/** The probabilities that ONNX Runtime makes with an exported model, float32 [B, classes]. */
export async function probabilitiesByOnnx(file: string, { data, shape }: Tensor): Promise<Tensor> {
  const session = await InferenceSession.create(readFileSync(file), { logSeverityLevel: 3 });
  try {
    const input = new OrtTensor("float32", Float32Array.from(data), shape);
    const { output } = await session.run({ input });
    return softmax(fromData(Float32Array.from(output!.data as Float32Array), output!.dims, "float32"), 1); // as exported
  } finally {
    await session.release();
  }
}

/** Between two tensors of one shape. */
export const largestDifference = (a: Tensor, b: Tensor): number =>
  Math.max(...Array.from(a.data, (x, i) => Math.abs(x - b.data[i]!)));
