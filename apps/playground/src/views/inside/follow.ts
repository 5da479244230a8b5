import { effect, untracked } from "@preact/signals";
import { sizes, status } from "../../state/training.ts";

/**
 * Asks for something about the model whenever one of the signals that `of` reads has changed: at once while the model rests, and at most each
 * `restMs` milliseconds while it is trained.
 * @param ask its error is of a session that was closed meanwhile, or is passed on to `fail`
 * @returns what ends it
 */
export function follow(
  of: () => unknown,
  ask: () => Promise<void>,
  { restMs, fail }: { readonly restMs: number; readonly fail: (message: string) => void },
): () => void {
  let [busy, changed, stopped] = [false, false, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = async (): Promise<void> => {
    changed = true;
    if (busy) return;
    busy = true;
    while (changed && !stopped) {
      changed = false;
      const session = sizes.peek();
      if (!session) break;
      try {
        await ask();
      } catch (error) {
        if (sizes.peek() === session && !stopped) fail(error instanceof Error ? error.message : String(error));
      }
      if (status.peek().state === "running" && !stopped) {
        await new Promise<void>((resolve) => {
          timer = setTimeout(resolve, restMs);
        });
      }
    }
    busy = false;
  };
  const dispose = effect(() => {
    of();
    untracked(() => void go());
  });
  return () => {
    stopped = true;
    clearTimeout(timer);
    dispose();
  };
}
