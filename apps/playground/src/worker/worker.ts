import { useDeterministicKernels } from "@pointwise/compiler";
import { PointwiseError } from "@pointwise/tensor";
import { DigitsFile } from "./digits-file.ts";
import { Host } from "./host.ts";
import { LabHost } from "./lab-host.ts";
import { isOfLab, type Question, type ToPage, type ToWorker } from "./protocol.ts";

// A link gives the same losses on every machine: kernels with fused multiply-add would round differently on some.
useDeterministicKernels();

/** Files are transferred, not copied; other answers are. */
function send(message: ToPage): void {
  const file = message.kind === "answer" && message.answer instanceof Uint8Array ? [message.answer.buffer] : [];
  postMessage(message, { transfer: file });
}

const digits = new DigitsFile();
const host = new Host(send, digits);
const labHost = new LabHost(send, digits);

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "ask") answer(data.id, data);
  else if (data.kind === "twins") labHost.command(data.command);
  else host.command(data.kind);
});

async function answer(id: number, { question }: ToWorker & { readonly kind: "ask" }): Promise<void> {
  try {
    send({ kind: "answer", id, answer: await ask(question) });
  } catch (error) {
    send({ kind: "refuse", id, message: explain(error) });
  }
}

const ask = (question: Question) => (isOfLab(question) ? labHost.answer(question) : host.answer(question));

/** Pointwise's errors are for the visitor; others are the page's own, and go to the console, too. */
function explain(error: unknown): string {
  if (!(error instanceof PointwiseError)) console.error(error);
  return error instanceof Error ? error.message : String(error);
}
