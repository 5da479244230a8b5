import { type NumberRule, real, whole } from "../experiment/number-rule.ts";

const channels = whole(1, 512, 16);
const window = whole(1, 16, 2);

/** The kinds of blocks and the numbers of each, in the order in which a link lists them. */
export const blockNumbers = {
  conv: { channels, kernel: whole(1, 11, 3), stride: whole(1, 8, 1), padding: whole(0, 8, 1) },
  conv1x1: { channels },
  maxPool: { window },
  avgPool: { window },
  globalAvgPool: {},
  batchNorm: {},
  flatten: {},
  dense: { features: whole(1, 4096, 32) },
  relu: {},
  leakyRelu: {},
  gelu: {},
  silu: {},
  tanh: {},
  sigmoid: {},
  dropout: { p: real(0, 0.95, 0.2, 0.05) },
} as const satisfies Record<string, Record<string, NumberRule>>;

export type BlockKind = keyof typeof blockNumbers;

/** A layer as plain data; how many channels or features it gets follows from the blocks before it. */
export type Block<K extends BlockKind = BlockKind> = {
  readonly [P in K]: { readonly kind: P } & { readonly [N in keyof (typeof blockNumbers)[P]]: number };
}[K];

// The keys of the object above, which TypeScript gives as strings.
export const blockKinds = Object.keys(blockNumbers) as BlockKind[];

export const rulesOf = (kind: BlockKind): Readonly<Record<string, NumberRule>> => blockNumbers[kind];

/** Made of numbers by name, each the usual one unless given. */
export function makeBlock(kind: BlockKind, numbers: Readonly<Record<string, number>> = {}): Block {
  const own = Object.entries(rulesOf(kind)).map(([name, rule]) => [name, numbers[name] ?? rule.usual] as const);
  // It has the numbers that the table lists for its kind, which is what the type says.
  return { kind, ...Object.fromEntries(own) } as Block;
}

/** By name, in the table's order. */
export function numbersOf(block: Block): [name: string, value: number][] {
  const values = new Map<string, unknown>(Object.entries(block));
  return Object.keys(rulesOf(block.kind)).map((name) => [name, Number(values.get(name))]);
}
