import { enableV8Flags } from "@pointwise/wasm";
import { Cannot } from "../serve.mjs";

/** `POINTWISE_V8_FLAGS=1` asks for what V8 has behind flags: 256-bit vectors in Node 24, fused multiply-add in Node 20. */
export function chooseEngine(): void {
  if (process.env.POINTWISE_V8_FLAGS === "1" && !enableV8Flags())
    throw new Cannot("V8 has nothing faster behind flags");
}
