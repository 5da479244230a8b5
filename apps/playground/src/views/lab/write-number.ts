/** At most two decimals, and a true minus sign: −0.5, 0, 12, 0.48. */
export function writeNumber(value: number): string {
  const rounded = Number(value.toFixed(2)) + 0; // never −0
  return rounded < 0 ? `−${-rounded}` : `${rounded}`;
}

/** As a factor or summand after another: a negative one in brackets. */
export function writeOperand(value: number): string {
  const written = writeNumber(value);
  return written.startsWith("−") ? `(${written})` : written;
}

/** A whole number with its thousands apart, in the language's way. */
export function writeCount(value: number, locale: string): string {
  return value.toLocaleString(locale);
}

/** A difference between two computations: 0 only if it is exactly that. */
export function writeDifference(value: number): string {
  return value === 0 ? "0" : value.toExponential(1);
}
