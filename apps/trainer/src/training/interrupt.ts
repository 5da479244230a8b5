/** Whether the user wants training to stop. */
export interface Interrupt {
  readonly signal: "SIGINT" | "SIGTERM" | undefined;
}

const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs `fn` with the first Ctrl-C (or SIGTERM) noted instead of obeyed. The second stops the program at once, as it always does.
 * Signals arrive between batches only, where the loop gives way: see `breathe`.
 */
export async function withInterrupt<T>(fn: (interrupt: Interrupt) => Promise<T>): Promise<T> {
  let signal: Interrupt["signal"];
  const note = (received: NodeJS.Signals) => {
    signal = received === "SIGTERM" ? received : "SIGINT";
    stopListening();
  };
  const stopListening = () => {
    for (const name of signals) process.off(name, note);
  };
  for (const name of signals) process.on(name, note);
  try {
    return await fn({
      get signal() {
        return signal;
      },
    });
  } finally {
    stopListening();
  }
}

/** Lets signals and the terminal have their turn. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
