/** The orchestrator's side of the conversation that `serve.mjs` describes. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Ends every worker, at once. */
export function killWorkers() {
  for (const child of running) child.kill("SIGKILL");
}

/** A peer's process, started when it is first needed and again after it has crashed or hung. */
export class Worker {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #child;
  /** @type {((reply: any) => void) | undefined} */
  #resolve;
  #lastWords = "";

  /**
   * @param {import("./peers.mjs").PeerEntry} peer
   * @param {string[]} pin a command that keeps on one core what it starts, or nothing
   */
  constructor(peer, pin) {
    this.peer = peer;
    this.pin = pin;
  }

  /**
   * The reply, or what went wrong instead of one; never throws.
   * @param {object} request
   * @param {number} limit in seconds; a worker that has not answered by then is ended
   * @returns {Promise<{ failure?: string, [key: string]: any }>}
   */
  async ask(request, limit) {
    const child = this.#start();
    /** @type {Promise<any>} */
    const reply = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const timer = setTimeout(() => {
      this.#resolve?.({ failure: `no answer in ${limit} s` });
      this.end();
    }, 1000 * limit);
    child.stdin?.write(`${JSON.stringify(request)}\n`);
    try {
      return await reply;
    } finally {
      clearTimeout(timer);
      this.#resolve = undefined;
    }
  }

  end() {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #start() {
    if (this.#child) return this.#child;
    const [command, ...args] = [...this.pin, ...this.peer.command];
    const child = spawn(command, args, { env: { ...process.env, ...this.peer.env }, stdio: "pipe" });
    running.add(child);
    this.#child = child;
    const gone = (/** @type {string} */ why) => {
      running.delete(child);
      if (this.#child !== child) return;
      this.#child = undefined;
      const words = this.#lastWords.split("\n").findLast((line) => /error|failed/i.test(line));
      this.#resolve?.({ failure: `crashed (${why})${words ? `: ${words}` : ""}` });
    };
    child.on("error", (error) => gone(error.message));
    child.on("close", (code, signal) => gone(signal ?? `exit code ${code}`));
    child.stdin.on("error", () => {}); // "close" reports it
    child.stderr.on("data", (chunk) => {
      this.#lastWords = (this.#lastWords + chunk).slice(-2000);
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (this.#child === child) this.#resolve?.(parse(line));
    });
    return child;
  }
}

/** @param {string} line */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return { failure: `said what is not JSON: ${line.slice(0, 80)}` };
  }
}
