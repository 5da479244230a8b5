/** A large picture of ink on paper. */
export interface Scene {
  readonly height: number;
  readonly width: number;
  /** [height, width], row-major: 0 is paper, 1 ink. */
  readonly pixels: Float32Array;
}

/** Where a window begins on a scene, in pixels. */
export interface Place {
  readonly top: number;
  readonly left: number;
}
