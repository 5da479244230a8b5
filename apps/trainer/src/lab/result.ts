import type { KernelMaps } from "./kernel-maps.ts";
import type { MixingMatrix } from "./mixing-matrix.ts";
import type { ProofRow } from "./proof.ts";
import type { Search } from "./sliding.ts";
import type { TwinResult } from "./twins.ts";

/** All that the lab has found out, as plain data: what it prints and what the report shows. */
export interface LabResult {
  readonly options: LabOptions;
  /** Where the digits come from, a sentence. */
  readonly source: string;
  readonly trainingDigits: number;
  readonly heldOutDigits: number;
  readonly proof: readonly ProofRow[];
  readonly twins: readonly [dense: TwinResult, pointwise: TwinResult];
  readonly kernel: KernelMaps;
  readonly mixing: MixingMatrix;
  readonly search: Search;
  readonly environment: Environment;
}

export interface LabOptions {
  readonly seed: number;
  readonly epochs: number;
  /** Whether models ran op by op. */
  readonly eager: boolean;
}

/** What the times depend on, and nothing else. */
export interface Environment {
  readonly version: string;
  readonly node: string;
  /** Such as `linux x64, 2 × AMD EPYC`. */
  readonly machine: string;
  /** ISO 8601. */
  readonly date: string;
  /** Of the whole lab. */
  readonly seconds: number;
}
