import { PointwiseError } from "@pointwise/tensor";
import fc from "fast-check";
import { expect } from "vitest";

const prototypes = [Object.prototype, Array.prototype, Map.prototype, Function.prototype, String.prototype];
const describePrototypes = () => prototypes.map((p) => Reflect.ownKeys(p).map(String));
const clean = describePrototypes();

/** What `read` gives, or nothing where it refuses with a documented error. Any other error fails, and so does a changed prototype. */
export async function attempt<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PointwiseError)) throw error;
    return undefined;
  } finally {
    expect(describePrototypes()).toEqual(clean);
  }
}

/** Names that objects have of their own, and paths out of a folder. */
export const hostileNames = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "prototype", "toString", "__metadata__", "", "../../x", "/etc/x", "a\0b"),
  fc.string(),
);

/** Sizes and offsets: few, or any, also what no number can hold exactly. */
export const hostileNumbers = fc.oneof(
  fc.nat(40),
  fc.constantFrom(-1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e308, 0.5, -0),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Whatever JSON can hold, nested, with names of objects' own. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc.oneof(fc.constantFrom(null, true, false), hostileNumbers, hostileNames),
    fc.array(tie("json"), { maxLength: 4 }),
    // `Object.fromEntries` makes an own property of any name.
    fc.array(fc.tuple(hostileNames, tie("json")), { maxLength: 4 }).map(Object.fromEntries),
  ),
})).json;
