import { UsageError } from "@pointwise/tensor";

type Rule = readonly [holds: (value: number) => boolean, rule: string];

const notNegative: Rule = [(x) => x >= 0 && Number.isFinite(x), "must be a finite number ≥ 0"];
const decay: Rule = [
  (x) => x >= 0 && x < 1,
  "must be at least 0 and less than 1: it says how much of a running average is kept",
];
const finite: Rule = [Number.isFinite, "must be a finite number"];

const rules: Readonly<Record<string, Rule>> = {
  lr: notNegative,
  eps: notNegative,
  weightDecay: notNegative,
  momentum: notNegative,
  dampening: finite,
  alpha: decay,
  betas: decay,
};

/**
 * The defaults with what was given for them.
 * @throws UsageError for an option that does not exist, or a value that cannot work.
 */
export function completeOptions<O extends object>(who: string, defaults: O, given: object): O {
  for (const [name, value] of Object.entries(given)) {
    if (!(name in defaults)) {
      throw new UsageError(
        `${who}: there is no option "${name}". The options are ${Object.keys(defaults).join(", ")}.`,
      );
    }
    const rule = rules[name];
    if (!rule) continue;
    for (const number of name === "betas" ? pair(who, value) : [value]) {
      if (typeof number !== "number" || !rule[0](number))
        throw new UsageError(`${who}: ${name} ${rule[1]}, but got ${number}.`);
    }
  }
  return { ...defaults, ...given };
}

function pair(who: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value) && value.length === 2) return value;
  throw new UsageError(`${who}: betas must be two numbers such as [0.9, 0.999], but got ${String(value)}.`);
}
