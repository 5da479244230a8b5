import { newStructureKey, type Shape, Tensor, type TensorOptions, toggleStructure } from "@pointwise/tensor";
import { Parameter } from "./parameter.ts";
import { copyState, loadState, type StateDict } from "./state-dict.ts";
import type { LayerCost } from "./summary/cost.ts";
import { type Summary, summarize } from "./summary/summarize.ts";

/**
 * A part of a model: fields, and a `forward`. There is nothing to register. A `Parameter` in a plain field (or in an array in
 * one) is trained; any other tensor there is a buffer, saved but not trained; a module there is a child. The fields' names
 * joined by dots, such as `features.3.bias`, are the names in the state dict, as in PyTorch.
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Module.html
 */
export abstract class Module {
  private readonly trainingKey = newStructureKey();
  private isTraining = true;

  /** Whether dropout drops and batch norm learns its statistics. Set by `train` and `eval`. */
  get training(): boolean {
    return this.isTraining;
  }

  set training(mode: boolean) {
    if (mode !== this.isTraining) toggleStructure(this.trainingKey);
    this.isTraining = mode;
  }

  /** @throws ShapeError or DTypeError, saying which layer of the model got what. */
  abstract forward(x: Tensor): Tensor;

  /** The parameters that are trained, each once: what optimizers and `valueAndGrad` want. Frozen ones are left out. */
  parameters(): Parameter[] {
    return [...this.namedParameters().values()].filter((p) => p.requiresGrad);
  }

  /** All parameters, each once, by the first of its names. */
  namedParameters(): Map<string, Parameter> {
    return once([...this.state()].filter((entry): entry is [string, Parameter] => entry[1] instanceof Parameter));
  }

  /** The tensors that are saved but not trained, such as running statistics, by name. */
  namedBuffers(): Map<string, Tensor> {
    return once([...this.state()].filter(([, x]) => !(x instanceof Parameter)));
  }

  /** This module, named "", and all below it, each once. */
  namedModules(): Map<string, Module> {
    return once(this.walk());
  }

  /** Sets the mode of this module and all below it: dropout drops, batch norm uses the batch's own statistics. */
  train(mode = true): this {
    for (const [, module] of this.walk()) module.training = mode;
    return this;
  }

  /** `train(false)`: for evaluation and use. */
  eval(): this {
    return this.train(false);
  }

  /** Leaves the parameters as they are from here on: no gradients, and not among `parameters()`. */
  freeze(): this {
    for (const p of this.namedParameters().values()) p.requiresGrad = false;
    return this;
  }

  unfreeze(): this {
    for (const p of this.namedParameters().values()) p.requiresGrad = true;
    return this;
  }

  /** Copies of all parameters and buffers by name; a shared one appears under each of its names, as in PyTorch. */
  stateDict(): Map<string, Tensor> {
    return copyState(this.state());
  }

  /**
   * Takes over saved values, by name; they are cast to the model's dtypes. Nothing is changed if anything does not fit.
   * @param strict whether the names must be exactly the model's. Shapes must fit in any case.
   * @throws UsageError listing missing and unexpected names, ShapeError listing other shapes.
   */
  loadStateDict(dict: StateDict, { strict = true }: { readonly strict?: boolean } = {}): void {
    loadState(this.constructor.name, new Map(this.state()), dict, strict);
  }

  /**
   * What each layer gives and costs, found by running the model once in evaluation mode on zeros. `String(summary)` is a table.
   * @param inputShape without the batch dimension, e.g. `[1, 28, 28]`.
   * @param dtype of the input; float32 unless said otherwise.
   */
  summary(inputShape: Shape, options: TensorOptions = {}): Summary {
    return summarize(this, inputShape, options);
  }

  /** The arguments that make such a layer, for summaries and error messages, e.g. `1, 32, 3, { padding: 1 }`. */
  extraRepr(): string {
    return "";
  }

  /** What a call of this layer itself costs, for the summary. Shapes include the batch dimension. */
  cost(_input: Shape, _output: Shape): LayerCost {
    return {};
  }

  /**
   * The layer that does to each place of a map [N, C, H, W] what this one does to vectors [N, C]; `undefined` if there is none.
   * For `toFullyConvolutional`.
   */
  overMaps(): Module | undefined {
    return undefined;
  }

  toString(): string {
    const children = [...childrenOf(this)].map(([name, child]) =>
      `(${name}): ${String(child)}`.replaceAll("\n", "\n  "),
    );
    const inner = children.length > 0 ? `\n  ${children.join("\n  ")}\n` : this.extraRepr();
    return `${this.constructor.name}(${inner})`;
  }

  /** Where parameters, buffers and children are looked for, by the name each has in the state dict. */
  protected fields(): Iterable<readonly [name: string, value: unknown]> {
    return Object.entries(this);
  }

  /** Every parameter and buffer under each of its names. */
  private *state(): Generator<[string, Tensor]> {
    for (const [path, module] of this.walk()) {
      for (const [name, value] of module.entries()) {
        if (value instanceof Tensor) yield [join(path, name), value];
      }
    }
  }

  /** Every module under each of its names, parents first; one that contains itself is not entered again. */
  private *walk(path = "", above: readonly Module[] = []): Generator<[string, Module]> {
    yield [path, this];
    for (const [name, value] of this.entries()) {
      if (value instanceof Module && value !== this && !above.includes(value)) {
        yield* value.walk(join(path, name), [...above, this]);
      }
    }
  }

  private *entries(): Generator<[string, unknown]> {
    for (const [name, value] of this.fields()) yield* flatEntries(name, value);
  }
}

function* flatEntries(name: string, value: unknown): Generator<[string, unknown]> {
  if (!Array.isArray(value)) yield [name, value];
  else for (let i = 0; i < value.length; i++) yield* flatEntries(join(name, String(i)), value[i]);
}

function* childrenOf(module: Module): Generator<[string, Module]> {
  for (const [name, child] of module.namedModules()) if (name !== "" && !name.includes(".")) yield [name, child];
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

/** By the first name of each. */
function once<T>(entries: Iterable<readonly [string, T]>): Map<string, T> {
  const names = new Map<T, string>();
  for (const [name, value] of entries) if (!names.has(value)) names.set(value, name);
  return new Map([...names].map(([value, name]) => [name, value]));
}
