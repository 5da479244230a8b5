import picocolors from "picocolors";

const { NO_COLOR, TERM } = process.env;
const wanted = !NO_COLOR && TERM !== "dumb";

/** For standard output. In a pipe there are none, also in CI. */
export const colors = picocolors.createColors(wanted && process.stdout.isTTY);

/** For standard error. */
export const errorColors = picocolors.createColors(wanted && process.stderr.isTTY);
