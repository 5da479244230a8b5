import { DTypeError, isFloat, newStructureKey, Tensor, toggleStructure, UsageError } from "@pointwise/tensor";

/**
 * A tensor that is trained. It takes over the memory of `values` without copying, and starts a graph of its own.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html
 * @throws DTypeError unless the values are float32 or float64, UsageError for values that are only traced.
 */
export class Parameter extends Tensor {
  private readonly requiresGradKey = newStructureKey();

  constructor(values: Tensor) {
    if (!isFloat(values.dtype)) {
      throw new DTypeError(
        `Parameter: ${values.dtype} values have no gradient. Use cast(values, "float32"), or a plain tensor for a buffer.`,
      );
    }
    if (!values.storage) {
      throw new UsageError("Parameter: the values are only traced. Build layers outside the compiled function.");
    }
    super(values.shape, values.dtype, values.storage);
    this.requiresGrad = true;
  }

  override get requiresGrad(): boolean {
    return super.requiresGrad;
  }

  override set requiresGrad(wanted: boolean) {
    if (wanted !== super.requiresGrad) toggleStructure(this.requiresGradKey);
    super.requiresGrad = wanted;
  }
}
