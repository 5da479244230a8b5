import { SimdAlgebra } from "../algebra/simd-algebra.ts";
import type { FunctionBuilder } from "../assembler/function-builder.ts";
import type { Local, V128 } from "../assembler/value-types.ts";
import type { Epilogue, EpilogueOperand } from "./epilogue.ts";
import type { KernelContext } from "./kernel-context.ts";

/** The epilogue of one function: its constants and scalar operands are loaded once, at the function's start. */
export class EpilogueWriter {
  private readonly f: FunctionBuilder;
  private readonly epilogue: Epilogue;
  private readonly algebra: SimdAlgebra;
  private readonly scalars: ReadonlyMap<EpilogueOperand, Local<"v128">>;

  constructor(context: KernelContext, f: FunctionBuilder, epilogue: Epilogue) {
    this.f = f;
    this.epilogue = epilogue;
    this.algebra = new SimdAlgebra(context, f, "entry");
    const scalars = epilogue.operands.filter(({ extent }) => extent === "scalar");
    this.scalars = new Map(scalars.map((operand) => [operand, this.atEntry(operand)]));
  }

  private atEntry({ address }: EpilogueOperand): Local<"v128"> {
    const { f } = this;
    const local = f.local("v128");
    f.atEntry(() => f.set(local, f.v128.load32Splat(f.i32.const(0), address)));
    return local;
  }

  /** Replaces `result`. `load` pushes the operand's values beside it. */
  apply(result: Local<"v128">, load: (operand: EpilogueOperand) => V128): void {
    const { f, algebra, epilogue } = this;
    const operands = epilogue.operands.map((operand) => {
      const scalar = this.scalars.get(operand);
      return scalar ? { kind: "f32" as const, local: scalar } : algebra.keep("f32", load(operand));
    });
    f.set(result, algebra.floats(epilogue.apply(algebra, { kind: "f32", local: result }, operands)));
  }
}
