import type { Command, QuestionName, Questions, ToPage, ToWorker } from "./protocol.ts";

type Listener = (message: Exclude<ToPage, { readonly kind: "answer" | "refuse" }>) => void;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** The worker, as the page sees it: questions are promises, the rest is heard. */
export class Client {
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners: Listener[] = [];
  private asked = 0;

  constructor() {
    this.worker.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
      if (data.kind !== "answer" && data.kind !== "refuse") {
        for (const hear of this.listeners) hear(data);
        return;
      }
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      // The worker answers a question by what `Questions` says for it.
      if (data.kind === "answer") waiting?.resolve(data.answer as never);
      else waiting?.reject(new Error(data.message));
    });
  }

  /** @throws Error (the promise rejects) with a text for the visitor */
  ask<Q extends QuestionName>(name: Q, asked: Questions[Q]["asked"]): Promise<Questions[Q]["answer"]> {
    const id = this.asked++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      // Its name and what is asked belong together, by this method's type.
      const message = { kind: "ask", id, question: { name, ...asked } } as ToWorker;
      // A file is transferred, not copied.
      this.worker.postMessage(message, "bytes" in asked ? [asked.bytes.buffer] : []);
    });
  }

  listen(hear: Listener): void {
    this.listeners.push(hear);
  }

  command(kind: Command): void {
    this.send({ kind });
  }

  commandTwins(command: Command): void {
    this.send({ kind: "twins", command });
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}
