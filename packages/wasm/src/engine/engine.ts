/**
 * How kernels are shaped for the machine they run on. V8 leaves 15 vector registers to a function; each tile keeps its accumulators, a row of B
 * and one value of A in them.
 */
export interface Engine {
  readonly name: string;
  /** Columns of a tile of a matrix product, a multiple of 4. */
  readonly tileColumns: number;
  /** Rows of a tile by the number of vectors (of 4 columns) that it is wide. */
  readonly tileRows: Readonly<Record<number, number>>;
  /** Whether a·b + c may be one instruction with one rounding. */
  readonly relaxedMadd: boolean;
  /** Whether a tile has a function to itself, with nothing in it but multiply-adds, loads and stores; loops over tiles and epilogues are outside of it then. */
  readonly bareTiles: boolean;
  /** Vectors per turn of an elementwise loop. */
  readonly unroll: number;
  /** How a loop comes by a constant: made in place, once at the start of its function, or loaded from memory in place, which V8's revectorizer needs. */
  readonly loopConstants: "splat" | "entry" | "memory";
  /** Whether modules must be compiled with V8's revectorizer on. */
  readonly revectorize: boolean;
}

/** For any engine with 128-bit SIMD. No fused multiply-add: the same bits everywhere. */
export const simd128: Engine = {
  name: "simd128",
  tileColumns: 16,
  tileRows: { 4: 2, 3: 2, 2: 4, 1: 6 },
  relaxedMadd: false,
  bareTiles: false,
  unroll: 2,
  loopConstants: "splat",
  revectorize: false,
};

/** For engines with relaxed SIMD: V8 of Node 24 and on. */
export const relaxedSimd: Engine = {
  name: "relaxed-simd",
  tileColumns: 8,
  tileRows: { 2: 6, 1: 8 },
  relaxedMadd: true,
  bareTiles: false,
  unroll: 4,
  loopConstants: "entry",
  revectorize: false,
};

/** For V8 before 13.5 with relaxed SIMD: it keeps sums in memory, which takes twice the time, where their function has a loop around them or an epilogue. */
export const relaxedSimdBareTiles: Engine = {
  name: "relaxed-simd, bare tiles",
  tileColumns: 8,
  tileRows: { 2: 6, 1: 8 },
  relaxedMadd: true,
  bareTiles: true,
  unroll: 2,
  loopConstants: "splat",
  revectorize: false,
};

/** For V8's revectorizer, which makes one 256-bit instruction of two neighbouring 128-bit ones. */
export const revectorized: Engine = {
  name: "revectorized",
  tileColumns: 16,
  tileRows: { 4: 6, 3: 4, 2: 6, 1: 8 },
  relaxedMadd: true,
  bareTiles: false,
  unroll: 4,
  loopConstants: "memory",
  revectorize: true,
};
