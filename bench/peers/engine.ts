import { enableRevectorizer } from "@pointwise/wasm";
import { Cannot } from "../serve.mjs";

/** `POINTWISE_REVECTORIZE=1` asks for V8's 256-bit vectors. */
export function chooseEngine(): void {
  if (process.env.POINTWISE_REVECTORIZE === "1" && !enableRevectorizer()) throw new Cannot("V8 does not revectorize");
}
