#!/usr/bin/env node
import { runProgram } from "./program.ts";

// Whoever read our output has seen enough, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

await runProgram(process.argv.slice(2));
