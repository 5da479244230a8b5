import { enableRevectorizer } from "@pointwise/wasm";
import { Cannot } from "../serve.mjs";

/** The test of V8's revectorizer is one of speed: where a neighbour slows the machine just then, it says no. */
const tries = 5;

/** `POINTWISE_REVECTORIZE=1` asks for V8's 256-bit vectors. */
export function chooseEngine(): void {
  if (process.env.POINTWISE_REVECTORIZE !== "1") return;
  for (let i = 0; i < tries; i++) if (enableRevectorizer()) return;
  throw new Cannot(`V8 does not revectorize, tested ${tries} times`);
}
