/** Pictures or maps [N, C, H, W] with C channels. */
export interface Channels<C extends number = number> {
  readonly channels: C;
}

/** Values [..., F] with F features in the last dimension. */
export interface Features<F extends number = number> {
  readonly features: F;
}

/** What a layer gives is what it got. */
export type Same = "same";

/** A feature for each channel that it got: [N, C, H, W] becomes [N, C]. */
export type ChannelsAsFeatures = "channels as features";

/**
 * A layer's rule for the compiler: what it expects of the layer before it, and what it gives to the next. A layer joins in by a
 * field that exists for the compiler only:
 * ```ts
 * declare readonly chain?: ChainRule<"Linear", Features<In>, Features<Out>>;
 * ```
 * `unknown` for an expectation means anything, and for what is given that it is not known. A size of type `number` is not checked.
 */
export interface ChainRule<Name extends string = string, Expects = unknown, Gives = unknown> {
  readonly name: Name;
  readonly expects: Expects;
  readonly gives: Gives;
}

/** Added to the rule of a subclass that goes by a name of its own. */
export interface CalledAs<Name extends string> {
  readonly calledAs: Name;
}

/** The layers as they came, with a sentence in the place of each that does not fit the one before it. */
export type CheckedChain<Layers extends readonly unknown[]> = number extends Layers["length"]
  ? Layers
  : Walk<Layers>["checked"];

/** The rule of layers that run one after the other; `unknown` where their number is not known. */
export type ChainOf<Layers extends readonly unknown[]> = number extends Layers["length"]
  ? unknown
  : ChainRule<NameOf<Expectation<Layers>>, Expectation<Layers>["expects"], Walk<Layers>["gives"]>;

export type RuleOf<Layer> = Layer extends { readonly chain?: infer R }
  ? R extends ChainRule
    ? R
    : ChainRule
  : ChainRule;

/** A block unless, without a shortcut, it ends with other sizes than it begins with; then a sentence. */
export type CheckedResidual<Block, Shortcut> = [Shortcut] extends [undefined]
  ? Fit<RuleOf<Block>["expects"], RuleOf<Block>["gives"]> extends true
    ? Block
    : `Residual adds ${Noun<RuleOf<Block>["expects"]>} to ${Noun<RuleOf<Block>["gives"]>}: give the block equal ends, or a shortcut`
  : Block;

type Walk<
  Layers extends readonly unknown[],
  Flow = Same,
  Checked extends readonly unknown[] = [],
> = Layers extends readonly [infer Layer, ...infer Rest]
  ? Walk<Rest, After<RuleOf<Layer>, Flow>, [...Checked, Check<Layer, RuleOf<Layer>, Flow>]>
  : { checked: Checked; gives: Flow };

type After<R extends ChainRule, Flow> = R["gives"] extends Same
  ? Flow
  : R["gives"] extends ChannelsAsFeatures
    ? AsFeatures<Flow>
    : R["gives"];

type AsFeatures<Flow> =
  Flow extends Channels<infer C> ? Features<C> : Flow extends Same ? ChannelsAsFeatures : Features;

type Check<Layer, R extends ChainRule, Flow> =
  Fit<R["expects"], Flow> extends true ? Layer : `${NameOf<R>} expects ${Phrase<R["expects"], Flow>}`;

/** Whether a flow meets an expectation, as far as both are known. */
type Fit<Expected, Flow> = unknown extends Expected
  ? true
  : unknown extends Flow
    ? true
    : [Flow] extends [Same]
      ? true
      : [Expected] extends [Same]
        ? true
        : Loose<Flow> extends Expected
          ? true
          : false;

/** A size that is not known fits every other. */
type Loose<Flow> = Flow extends ChannelsAsFeatures
  ? Features<never>
  : Flow extends Channels<infer C>
    ? number extends C
      ? Channels<never>
      : Flow
    : Flow extends Features<infer F>
      ? number extends F
        ? Features<never>
        : Flow
      : Flow;

type NameOf<R extends ChainRule> = R extends CalledAs<infer Name> ? Name : R["name"];

type Phrase<Expected, Flow> =
  Flow extends Channels<infer Got>
    ? Extract<Expected, Channels> extends infer Kind
      ? [Kind] extends [never]
        ? `${Noun<Expected>}, but the layer before it gives ${Noun<Flow>}: put Flatten or GlobalAvgPool2d between them`
        : Kind extends Channels<infer C>
          ? `${C} channels, but the layer before it gives ${Got}`
          : never
      : never
    : Extract<Expected, Features> extends infer Kind
      ? [Kind] extends [never]
        ? `${Noun<Expected>}, but the layer before it gives ${Noun<Flow>}`
        : Kind extends Features<infer F>
          ? `${F} features, but the layer before it gives ${Flow extends Features<infer Got> ? Got : "others"}`
          : never
      : never;

type Noun<Flow> = Flow extends ChannelsAsFeatures
  ? Noun<Features>
  : Flow extends Channels<infer C>
    ? number extends C
      ? "maps [N, C, H, W]"
      : `maps of ${C} channels`
    : Flow extends Features<infer F>
      ? number extends F
        ? "features [N, F]"
        : `${F} features`
      : never;

/** What the first layer that minds expects, where only layers that change nothing come before it. */
type Expectation<Layers extends readonly unknown[], Best extends ChainRule = ChainRule> = Layers extends readonly [
  infer Layer,
  ...infer Rest,
]
  ? RuleOf<Layer>["gives"] extends Same
    ? Expectation<Rest, Sharper<Best, RuleOf<Layer>>>
    : Sharper<Best, RuleOf<Layer>>
  : Best;

type Sharper<A extends ChainRule, B extends ChainRule> =
  IsKnown<A["expects"]> extends true
    ? A
    : IsKnown<B["expects"]> extends true
      ? B
      : unknown extends A["expects"]
        ? B
        : A;

/** Whether an expectation says a size. */
type IsKnown<Flow> =
  Flow extends Channels<infer C>
    ? number extends C
      ? false
      : true
    : Flow extends Features<infer F>
      ? number extends F
        ? false
        : true
      : false;
