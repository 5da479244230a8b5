import {
  DTypeError,
  formatShape,
  isFloat,
  ShapeError,
  sameShape,
  Tensor,
  UsageError,
  withGradMode,
} from "@pointwise/tensor";
import { completeOptions } from "./options.ts";
import { ParamGroup } from "./param-group.ts";
import { copyState, loadState } from "./state-dict.ts";

/** Parameters, or groups of them with options of their own. */
export type Params<O> = readonly Tensor[] | readonly GroupOf<O>[];
type GroupOf<O> = { readonly params: readonly Tensor[] } & Partial<O>;

/** A parameter's state by name: buffers of its shape, or 0-d float64 tensors. */
export type State = Readonly<Record<string, Tensor>>;

/** Options as the update sees them: the learning rate is a tensor, the rest are constants. */
export type Hyperparameters<O> = Omit<O, "lr"> & { readonly lr: Tensor };

/**
 * What optimizers share: groups, checks, and state that is saved and loaded. An optimizer adds its defaults and two methods. Both
 * see one parameter at a time, and use tensor arithmetic and `assign` only, so that a step can be compiled.
 */
export abstract class Optimizer<O extends { lr: number } = { lr: number }, S extends State = State> {
  readonly groups: readonly ParamGroup<O>[];
  private readonly states: ReadonlyMap<Tensor, S>;

  /** @throws UsageError, DTypeError */
  constructor(params: Params<O>, defaults: O, options: Partial<O>) {
    const common = completeOptions(this.name, defaults, options);
    const groups = asGroups(this.name, params);
    const lists = groups.map((group) => group.params);
    checkParams(this.name, lists);
    this.groups = groups.map(
      ({ params, ...own }) => new ParamGroup([...params], completeOptions(this.name, common, own)),
    );
    for (const { options } of this.groups) this.check(options);
    this.states = new Map(
      this.groups.flatMap(({ params, options }) => params.map((p) => [p, this.initialState(p, options)] as const)),
    );
  }

  /** Refuses options that cannot go together. */
  protected check(_options: O): void {}

  protected abstract initialState(param: Tensor, options: O): S;

  /** One step of one parameter. */
  protected abstract update(param: Tensor, grad: Tensor, state: S, options: Hyperparameters<O>): void;

  get name(): string {
    return this.constructor.name;
  }

  /** The learning rate. With groups that differ, ask `groups[i].lr`. */
  get lr(): number {
    const [first, ...rest] = this.groups.map((group) => group.lr);
    if (rest.some((lr) => lr !== first)) {
      throw new UsageError(`${this.name}.lr: the groups differ (${[first, ...rest].join(", ")}). Read groups[i].lr.`);
    }
    return first!; // there is at least one group
  }

  /** Sets the learning rate of all groups. */
  set lr(lr: number) {
    for (const group of this.groups) group.lr = lr;
  }

  /**
   * Updates the parameters, in place. One without a gradient stays as it is, and so does its state.
   * @throws UsageError if none has a gradient; ShapeError, DTypeError if a gradient is not of its parameter's kind.
   */
  step(grads: ReadonlyMap<Tensor, Tensor>): void {
    const params = [...this.states.keys()];
    if (!params.some((p) => grads.has(p))) {
      throw new UsageError(
        `${this.name}.step: none of the ${grads.size} gradients belongs to one of the ${params.length} parameters. Pass what ` +
          "backward(loss) or valueAndGrad(fn, model.parameters()) returns, for the model whose parameters this optimizer has.",
      );
    }
    for (const [i, p] of params.entries()) checkGrad(this.name, i, p, grads.get(p));
    withGradMode(false, () => {
      for (const { params, options, lrTensor } of this.groups) {
        const hyperparameters = { ...options, lr: lrTensor };
        for (const param of params) {
          const grad = grads.get(param);
          if (grad) this.update(param, grad, this.states.get(param)!, hyperparameters);
        }
      }
    });
  }

  /** A copy of the state: `"0.expAvg"` is a buffer of parameter 0, `"groups.0.lr"` the learning rate of group 0. */
  stateDict(): Map<string, Tensor> {
    return copyState(this.namedState());
  }

  /**
   * Goes on where the saved optimizer was, bit for bit. Options other than the learning rate are this optimizer's own.
   * @throws UsageError, ShapeError, DTypeError if the state is not that of such an optimizer; then nothing has changed.
   */
  loadStateDict(saved: ReadonlyMap<string, Tensor>): void {
    loadState(this.name, this.namedState(), saved);
  }

  private namedState(): Map<string, Tensor> {
    const states = [...this.states.values()].flatMap((state, i) =>
      Object.entries(state).map(([name, x]) => [`${i}.${name}`, x] as const),
    );
    return new Map([...states, ...this.groups.map((group, i) => [`groups.${i}.lr`, group.lrTensor] as const)]);
  }
}

/** @throws UsageError unless there is at least one group, and a parameter in each. */
function asGroups<O>(who: string, params: Params<O>): readonly { readonly params: readonly Tensor[] }[] {
  const groups: readonly { readonly params: readonly Tensor[] }[] = isTensorList(params) ? [{ params }] : params;
  const isList = (list: unknown) => Array.isArray(list) && list.length > 0;
  if (isList(groups) && groups.every((group) => isList(group.params))) return groups;
  throw new UsageError(
    `${who}: there are no parameters to train. Pass a list such as model.parameters(), or groups [{ params: [...], lr: 0.1 }, ...].`,
  );
}

function isTensorList<O>(params: Params<O>): params is readonly Tensor[] {
  return Array.isArray(params) && params.every((p) => p instanceof Tensor);
}

function checkParams(who: string, lists: readonly (readonly Tensor[])[]): void {
  const seen = new Set<Tensor>();
  for (const [i, p] of lists.flat().entries()) {
    if (!(p instanceof Tensor)) throw new UsageError(`${who}: parameter ${i} is no tensor, but ${typeof p}.`);
    const it = `${who}: parameter ${i} (${p.dtype} ${formatShape(p.shape)})`;
    if (!isFloat(p.dtype)) throw new DTypeError(`${it} is not of a float dtype, so it has no gradient to follow.`);
    if (p.origin) throw new UsageError(`${it} was computed by ${p.origin.op.name}. Train what it was computed from.`);
    if (seen.has(p)) throw new UsageError(`${it} is listed twice, and would be updated twice a step.`);
    seen.add(p);
  }
}

function checkGrad(who: string, i: number, param: Tensor, grad: Tensor | undefined): void {
  if (!grad) return;
  const rule = `${who}.step: parameter ${i} is ${param.dtype} ${formatShape(param.shape)}, but its gradient is`;
  if (!sameShape(param.shape, grad.shape)) throw new ShapeError(`${rule} of shape ${formatShape(grad.shape)}.`);
  if (param.dtype !== grad.dtype) throw new DTypeError(`${rule} ${grad.dtype}. Use cast(gradient, "${param.dtype}").`);
}
