import fc from "fast-check";
import { graphOf, type Scheduled, scheduled } from "../pipeline.ts";
import { type Compile, RandomFunction } from "./cases.ts";
import { allRules, families } from "./families.ts";

/** Calls `visit` with what random programs become, up to where memory is planned. */
export function forPrograms(visit: (program: Scheduled) => void): void {
  const property = fc.property(fc.oneof(...Object.values(families)), (c) => {
    const look: Compile =
      (f) =>
      (...args) => {
        visit(scheduled(graphOf(f, args)));
        return [];
      };
    new RandomFunction(c, allRules).outputs("float32", look);
  });
  fc.assert(property, { numRuns: 200 });
}
