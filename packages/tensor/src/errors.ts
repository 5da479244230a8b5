/** Parent of every error that Pointwise throws on purpose, so that a program can tell them from its own. */
export class PointwiseError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** Shapes, dimensions or indices do not fit together. */
export class ShapeError extends PointwiseError {}

/** An operation got values of a dtype that it cannot work on. */
export class DTypeError extends PointwiseError {}

/** A file or a buffer is not what its format demands. */
export class FormatError extends PointwiseError {}

/** The library is used in a way that cannot work: a bad option, a read at the wrong time, a missing value. */
export class UsageError extends PointwiseError {}
