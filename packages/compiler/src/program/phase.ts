import { type Address, at, type FunctionBuilder, type Local } from "@pointwise/wasm";
import type { MemoryPlan } from "../plan/memory-plan.ts";
import type { Traffic } from "../schedule/traffic.ts";
import type { Node } from "../trace/graph.ts";

/** Where one function of an item finds its arrays: at fixed addresses, or at the current picture's. */
export class Phase {
  /** 0 outside of a loop over pictures. */
  readonly pictures: number;
  private readonly f: FunctionBuilder;
  private readonly plan: MemoryPlan;
  private readonly perPicture: ReadonlySet<Node>;
  private readonly picture: Local<"i32"> | undefined;
  private readonly multiples = new Map<number, Local<"i32">>();

  /** @param picture the number of the current picture, in the function that is called for each */
  constructor(f: FunctionBuilder, plan: MemoryPlan, traffic: Traffic, pictures: number, picture?: Local<"i32">) {
    this.f = f;
    this.plan = plan;
    this.pictures = pictures;
    this.picture = picture;
    const parts = [...traffic.reads, ...traffic.writes].filter(({ perPicture }) => perPicture && pictures > 0);
    this.perPicture = new Set(parts.map(({ node }) => node));
  }

  isPerPicture(node: Node): boolean {
    return this.perPicture.has(node);
  }

  place(node: Node): Address {
    const offset = this.plan.addressOf(node);
    if (!this.picture || !this.perPicture.has(node)) return at(offset);
    const stride = this.plan.pictureStride(node, this.pictures);
    return stride === 0 ? at(offset) : at(offset, this.times(stride));
  }

  /** The index of the first element of the current picture's part. */
  firstElement(perPicture: number): Address {
    return this.picture ? at(0, this.times(perPicture)) : at(0);
  }

  /** The number of the current picture times `factor`. */
  private times(factor: number): Local<"i32"> {
    const { f, picture } = this;
    let local = this.multiples.get(factor);
    if (!local) {
      local = f.local("i32");
      f.set(local, f.i32.mul(f.get(picture!), f.i32.const(factor)));
      this.multiples.set(factor, local);
    }
    return local;
  }
}
