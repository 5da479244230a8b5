import picocolors from "picocolors";

const { NO_COLOR, TERM } = process.env;
const wanted = !NO_COLOR && TERM !== "dumb";
/** In a pipe `isTTY` is undefined, and picocolors would then decide by itself, by CI and FORCE_COLOR. */
const colorsOf = ({ isTTY }: NodeJS.WriteStream) => picocolors.createColors(wanted && isTTY === true);

/** For standard output. In a pipe there are none, also in CI. */
export const colors = colorsOf(process.stdout);

/** For standard error. */
export const errorColors = colorsOf(process.stderr);
