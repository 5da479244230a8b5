import { labText } from "../../../text/lab/index.ts";
import { Proof } from "../proof.tsx";
import { answers } from "./state.ts";

export function MixProof() {
  const text = labText().mix;
  return <Proof claim={text.proof} difference={answers.value.largestDifference} why={text.proofWhy} />;
}
