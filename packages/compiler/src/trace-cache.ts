import { type Tensor, trace } from "@pointwise/tensor";
import type { Engine } from "@pointwise/wasm";
import { buildProgram, type ExplainedProgram } from "./build-program.ts";
import { keepRecent } from "./keep-recent.ts";
import { type Output, type Rebuild, takeApart } from "./outputs.ts";
import type { Program } from "./program/program.ts";
import { type Signature, signatureOf } from "./signature.ts";
import { simplify } from "./simplify/simplify.ts";
import { fingerprint } from "./trace/fingerprint.ts";
import type { Graph } from "./trace/graph.ts";
import { Recorder } from "./trace/recorder.ts";

interface Traced {
  readonly signature: Signature;
  readonly program: Program;
  readonly explain: () => string;
  readonly rebuild: Rebuild;
}

/** Programs of one function that are kept; the least recently needed one goes first. */
const mostPrograms = 16;
/** So many programs in, it is likely that shapes change all the time. */
const suspicious = 8;

/** What one function was compiled to, by the kinds of arguments it was called with. */
export class TraceCache {
  /** Of the last call. */
  last: Traced | undefined;
  private readonly fn: (...args: Tensor[]) => Output;
  private readonly name: string;
  private readonly traces = new Map<string, Traced>();
  private readonly programs = new Map<Graph, ExplainedProgram>();
  private built = 0;

  constructor(fn: (...args: Tensor[]) => Output, name: string) {
    this.fn = fn;
    this.name = name || "(anonymous)";
  }

  find(args: readonly Tensor[], engine: Engine): Traced {
    const signature = signatureOf(args);
    const key = JSON.stringify(signature);
    this.last = this.traces.get(key) ?? this.trace(args, signature, engine);
    keepRecent(this.traces, key, this.last, mostPrograms);
    return this.last;
  }

  private trace(args: readonly Tensor[], before: Signature, engine: Engine): Traced {
    const recorder = new Recorder();
    const placeholders = args.map(({ shape, dtype }) => recorder.input(shape, dtype));
    const { traced, rebuild } = trace(recorder, () =>
      takeApart(this.fn(...placeholders), (x) => recorder.isConstant(x)),
    );
    const graph = simplify(recorder.finish(traced));
    const known = this.equalTo(graph);
    const built = known ? this.programs.get(known)! : buildProgram(graph, engine);
    if (!known && ++this.built === suspicious) this.warn(before);
    keepRecent(this.programs, known ?? graph, built, mostPrograms);
    // Tracing itself may change the structure, by switching a mode back and forth.
    return { ...built, signature: { ...before, structure: signatureOf(args).structure }, rebuild };
  }

  /** A graph that was compiled before and is the same function of the same tensors. */
  private equalTo(graph: Graph): Graph | undefined {
    for (const other of this.programs.keys()) if (fingerprint(other) === fingerprint(graph)) return other;
    return undefined;
  }

  private warn({ args }: Signature): void {
    const shapes = args.map(({ shape, dtype }) => `${dtype} [${shape}]`).join(", ");
    console.warn(
      `compile: the function ${this.name} was compiled ${this.built} times by now, each time for other shapes, modes or tensors; last for (${shapes}). ` +
        "Compiling takes much longer than running: keep shapes the same, for instance by leaving out the last, smaller batch (dropLast).",
    );
  }
}
