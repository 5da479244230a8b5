import type { Tensor } from "@pointwise/tensor";
import { prepare, stepCount, workloads } from "./workloads.ts";

/** Prints the workloads with their weights and batches as JSON, for make-training-curves.py. */
const exported = workloads.map((workload) => {
  const { name, layers, loss, optimizer, lr } = workload;
  const { model, batches, hash } = prepare(workload);
  return {
    ...{ name, layers, loss, optimizer, lr, hash, steps: stepCount },
    parameters: model.parameters().map(encode),
    batches: batches.map(([x, y]) => [encode(x), encode(y)]),
  };
});
process.stdout.write(JSON.stringify(exported));

function encode({ data, shape, dtype }: Tensor) {
  return { dtype, shape, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64") };
}
