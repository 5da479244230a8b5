import type { Browser, Page } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock, and of the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

export interface MainThread {
  readonly tasks: number;
  /** Milliseconds of processor time of the longest task: what the page itself does in one go. */
  readonly longestTask: number;
  /** Milliseconds by the clock; on a busy machine that includes the time in which other programs ran. */
  readonly longestTaskByClock: number;
  /** Long Tasks, as the browser reports them to pages: 50 ms and more by the clock. */
  readonly longTasks: readonly number[];
  /** The longest time between two animation frames, by the clock. */
  readonly longestFrame: number;
}

/**
 * What the page's main thread does meanwhile. A page stutters by its own fault when one of its tasks needs the processor for long; a task that was
 * only made to wait by the machine counts by the clock, but not here. So the bound is set on processor time, and the other figures are for the reader.
 */
export async function watchMainThread(
  browser: Browser,
  page: Page,
  meanwhile: () => Promise<void>,
): Promise<MainThread> {
  await page.evaluate(() => {
    const seen = { longTasks: [] as number[], longestFrame: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
    }).observe({ type: "longtask" });
    let last = performance.now();
    const frame = (now: number) => {
      seen.longestFrame = Math.max(seen.longestFrame, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  await meanwhile();
  const trace: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  const seen: Pick<MainThread, "longTasks" | "longestFrame"> = await page.evaluate("seen");
  return { ...tasksOf(trace.traceEvents), ...seen };
}

function tasksOf(events: readonly TraceEvent[]): Pick<MainThread, "tasks" | "longestTask" | "longestTaskByClock"> {
  const isMain = ({ name, args }: TraceEvent) => name === "thread_name" && args.name === "CrRendererMain";
  const mains = new Set(events.filter(isMain).map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => ph === "X" && name.endsWith("RunTask") && mains.has(`${pid} ${tid}`),
  );
  const longest = (of: (event: TraceEvent) => number | undefined) =>
    tasks.reduce((most, event) => Math.max(most, of(event) ?? 0), 0) / 1000;
  return { tasks: tasks.length, longestTask: longest((e) => e.tdur), longestTaskByClock: longest((e) => e.dur) };
}
