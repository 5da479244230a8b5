import { InvalidArgumentError } from "commander";
import { nearest } from "../terminal/nearest.ts";

/** What commander calls with the text that was given for an option. */
type Parser<T> = (text: string) => T;

const number = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

export function wholeNumber(least: number, unit = ""): Parser<number> {
  return (text) => {
    const value = number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number${unit && ` of ${unit}`} from ${least} on.`);
  };
}

/** A number greater than 0. */
export const positiveNumber: Parser<number> = (text) => {
  const value = number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It must be a number greater than 0.");
};

/** A number from 0 on, less than `bound`. */
export function numberBelow(bound: number): Parser<number> {
  return (text) => {
    const value = number(text);
    if (value >= 0 && value < bound) return value;
    throw new InvalidArgumentError(
      bound === Number.POSITIVE_INFINITY
        ? "It must be a number from 0 on."
        : `It must be a number from 0 to less than ${bound}.`,
    );
  };
}

export function oneOf<const T extends string>(names: readonly T[]): Parser<T> {
  return (text) => {
    const found = names.find((name) => name === text);
    if (found) return found;
    const meant = nearest(text, names);
    throw new InvalidArgumentError(`${meant ? `Did you mean ${meant}? ` : ""}Choose one of ${names.join(", ")}.`);
  };
}

/** `1,28,28`, the shape of one sample without the batch. */
export const shape: Parser<number[]> = (text) => {
  const dims = text.split(",").map(number);
  if (dims.every((d) => Number.isSafeInteger(d) && d > 0) && (dims.length === 1 || dims.length === 3)) return dims;
  throw new InvalidArgumentError(
    "It must be the shape of one sample without spaces: channels,height,width such as 1,28,28, or the number of features.",
  );
};
