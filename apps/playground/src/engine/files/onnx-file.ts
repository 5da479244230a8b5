import { exportOnnx } from "@pointwise/formats";
import { inEvaluation, type Session } from "../session.ts";
import { describeModel } from "./describe-model.ts";

/** The model as it is used, with its weights, for batches of any size. */
export function onnxFile(session: Session): Uint8Array<ArrayBuffer> {
  const { model, data } = session;
  const names = new Map([...model.namedParameters(), ...model.namedBuffers()]);
  const options = { names, modelName: "pointwise", docString: describeModel(session) };
  return inEvaluation(model, () => exportOnnx((x) => model.forward(x), { shape: [1, ...data.inputShape] }, options));
}
