import { SingleBar } from "cli-progress";
import { formatCount, formatDuration } from "./format.ts";
import { displayWidth, truncate } from "./width.ts";

export interface Progress {
  /** `facts` are shown in their order, such as `{ loss: "0.52", "images/s": "312" }`; the last ones go first where space is short. */
  update(done: number, facts?: Readonly<Record<string, string>>): void;
  /** Ends it. A bar disappears, so that what is printed next takes its place. */
  stop(): void;
}

/**
 * The progress of something that takes a while, on standard error: a bar with the time that is left on a terminal, a line now and then
 * where the output is piped, in CI and on a terminal that cannot move its cursor.
 * @param start what is done already
 */
export function createProgress(title: string, total: number, start = 0): Progress {
  return canDraw() ? drawBar(title, total, start) : printLines(title, total, start);
}

/** Both must be terminals: a bar on one would run into what a pipe prints of the other. */
function canDraw(): boolean {
  const { CI, TERM } = process.env;
  return process.stdout.isTTY && process.stderr.isTTY && (!CI || CI === "false") && TERM !== "dumb";
}

/** A terminal echoes `^C` behind the bar. If that wrapped, the bar would go on in the next line. */
const roomForInterrupt = 3;

function drawBar(title: string, total: number, start: number): Progress {
  const bar = new SingleBar({
    clearOnComplete: true,
    etaBuffer: 50,
    linewrap: true, // the lines below never wrap, and a killed process leaves the terminal as it was
    format: (_, { value, eta, maxWidth }, facts: Readonly<Record<string, string>>) =>
      barLine({ title, total, done: value, eta: Number(eta), facts }, maxWidth - roomForInterrupt),
  });
  bar.start(total, start, {});
  return { update: (done, facts = {}) => bar.update(done, facts), stop: () => bar.stop() };
}

interface State {
  readonly title: string;
  readonly total: number;
  readonly done: number;
  /** Seconds left. */
  readonly eta: number;
  readonly facts: Readonly<Record<string, string>>;
}

const [smallestBar, largestBar] = [8, 30];

/** Title, bar, numbers and facts in at most `width` columns: facts give way first, then the bar, then the numbers. */
export function barLine({ title, total, done, eta, facts }: State, width: number): string {
  const part = total > 0 ? Math.min(1, done / total) : 1;
  const texts = [
    `${Math.floor(100 * part)} %`.padStart(5),
    `${formatCount(done)}/${formatCount(total)}`,
    ...(done < total && eta > 0 ? [`ETA ${formatDuration(eta)}`] : []),
  ];
  const shown = Object.entries(facts).map(([name, value]) => formatFact(name, value));
  const line = (bar: string) => [`${title} ${bar}`, ...texts, ...shown].join("  ");
  while (shown.length > 0 && displayWidth(line("")) + smallestBar > width) shown.pop();
  const space = Math.min(largestBar, width - displayWidth(line("")));
  if (space < smallestBar) {
    while (displayWidth([title, ...texts].join("  ")) > width && texts.length > 0) texts.pop();
    return truncate([title, ...texts].join("  "), width);
  }
  const filled = Math.round(part * space);
  return line("█".repeat(filled) + "░".repeat(space - filled));
}

const secondsBetweenLines = 10;

function printLines(title: string, total: number, start: number): Progress {
  const began = Date.now();
  let lastLine = began;
  return {
    update(done, facts = {}) {
      const now = Date.now();
      if (now - lastLine < 1000 * secondsBetweenLines || done >= total) return;
      lastLine = now;
      const eta = ((now - began) / 1000) * ((total - done) / (done - start));
      const shown = Object.entries(facts).map(([name, value]) => formatFact(name, value));
      const texts = [`${formatCount(done)}/${formatCount(total)}`, `ETA ${formatDuration(eta)}`, ...shown];
      process.stderr.write(`${title}: ${texts.join(", ")}\n`);
    },
    stop() {},
  };
}

/** Units stand after the number, names before it. */
const formatFact = (name: string, value: string): string =>
  name.endsWith("/s") ? `${value} ${name}` : `${name} ${value}`;
