import { UsageError, zeros } from "@pointwise/tensor";
import { describe, expect, test } from "vitest";
import * as exported from "../src/index.ts";
import {
  CosineAnnealingLR,
  LinearLR,
  OneCycleLR,
  type Optimizer,
  ReduceLROnPlateau,
  Schedule,
  SequentialLR,
  SGD,
  StepLR,
} from "../src/index.ts";
import { readFixtures } from "./fixtures.ts";

interface Part {
  readonly schedule: keyof typeof schedules;
  // Options come from JSON: their types are those of the fixtures' author.
  readonly options: never;
  readonly parts?: readonly Part[];
}

interface ScheduleCase extends Part {
  readonly steps: number;
  readonly metrics?: readonly number[];
  /** Of both groups, at the start and after each step. */
  readonly lrs: readonly (readonly [number, number])[];
}

/** Every schedule there is; the test fails for one that is missing here. */
const schedules = {
  StepLR: (optimizer: Optimizer, { options }: Part) => new StepLR(optimizer, options),
  CosineAnnealingLR: (optimizer: Optimizer, { options }: Part) => new CosineAnnealingLR(optimizer, options),
  LinearLR: (optimizer: Optimizer, { options }: Part) => new LinearLR(optimizer, options),
  OneCycleLR: (optimizer: Optimizer, { options }: Part) => new OneCycleLR(optimizer, options),
  SequentialLR: (optimizer: Optimizer, { options, parts = [] }: Part) =>
    new SequentialLR(
      optimizer,
      parts.map((part) => make(optimizer, part) as Schedule),
      options,
    ),
  ReduceLROnPlateau: (optimizer: Optimizer, { options }: Part) => new ReduceLROnPlateau(optimizer, options),
};

const make = (optimizer: Optimizer, part: Part): Schedule | ReduceLROnPlateau =>
  schedules[part.schedule](optimizer, part);

const cases = readFixtures<ScheduleCase[]>("schedules").map(
  (it) => [`${it.schedule} ${JSON.stringify(it.options)}`, it] as const,
);

const twoGroups = () => new SGD([{ params: [zeros([1])] }, { params: [zeros([1])], lr: 0.02 }], { lr: 0.1 });

function stepOnce(schedule: Schedule | ReduceLROnPlateau, it: ScheduleCase, n: number): void {
  if (schedule instanceof Schedule) schedule.step();
  else schedule.step(it.metrics![n]!);
}

describe("against PyTorch", () => {
  test.each(cases)("%s", (_, it) => {
    const optimizer = twoGroups();
    const schedule = make(optimizer, it);
    expect(it.lrs.length).toBe(it.steps + 1);
    it.lrs.forEach((expected, n) => {
      if (n > 0) stepOnce(schedule, it, n - 1);
      optimizer.groups.forEach((group, i) => {
        expect(group.lr, `group ${i} after ${n} steps`).toBeCloseTo(expected[i]!, 15);
      });
    });
    const [first, last] = [it.lrs[0]!, it.lrs.at(-1)!];
    expect(
      it.lrs.some((lrs) => lrs[0] !== first[0]),
      `moves from ${first} to ${last}`,
    ).toBe(true);
  });

  test("every exported schedule has a row", () => {
    const classes = Object.entries(exported).filter(([name, it]) => {
      const isSchedule = typeof it === "function" && (it.prototype instanceof Schedule || name.includes("LR"));
      return isSchedule && it !== (Schedule as unknown);
    });
    expect(classes.map(([name]) => name).sort()).toEqual(Object.keys(schedules).sort());
    expect([...new Set(cases.map(([, it]) => it.schedule))].sort()).toEqual(Object.keys(schedules).sort());
  });
});

describe("saved and loaded", () => {
  test.each(cases)("%s", (_, it) => {
    const [optimizer, resumedOptimizer] = [twoGroups(), twoGroups()];
    const schedule = make(optimizer, it);
    for (let n = 0; n < 9; n++) stepOnce(schedule, it, n);
    resumedOptimizer.loadStateDict(optimizer.stateDict());
    const resumed = make(resumedOptimizer, it);
    resumed.loadStateDict(schedule.stateDict());
    if (resumed instanceof ReduceLROnPlateau) resumedOptimizer.loadStateDict(optimizer.stateDict());
    for (let n = 9; n < it.steps; n++) {
      expect(resumedOptimizer.groups.map((g) => g.lr)).toEqual(optimizer.groups.map((g) => g.lr));
      stepOnce(schedule, it, n);
      stepOnce(resumed, it, n);
    }
  });

  test("a state of another schedule, or for more groups, is refused", () => {
    const plateau = new ReduceLROnPlateau(twoGroups());
    const steps = new StepLR(twoGroups(), { stepSize: 3 });
    expect(() => steps.loadStateDict(plateau.stateDict())).toThrow(UsageError);
    expect(() => plateau.loadStateDict(steps.stateDict())).toThrow("ReduceLROnPlateau.loadStateDict");
    const oneGroup = new StepLR(new SGD([zeros([1])]), { stepSize: 3 });
    expect(() => oneGroup.loadStateDict(steps.stateDict())).toThrow('Not known here: "baseLr.1"');
  });
});

describe("what each does beyond PyTorch's numbers", () => {
  test("a learning rate set by hand is what the next schedule starts from", () => {
    const optimizer = twoGroups();
    new LinearLR(optimizer, { startFactor: 0.5 });
    expect(optimizer.groups[0]!.lr).toBeCloseTo(0.05, 15);
    new StepLR(optimizer, { stepSize: 1 });
    expect(optimizer.groups[0]!.lr).toBe(0.1);
    optimizer.lr = 3;
    new LinearLR(optimizer, { startFactor: 0.5 });
    expect(optimizer.lr).toBe(1.5);
  });

  test("OneCycleLR rests at its end, and says when it is over", () => {
    const optimizer = twoGroups();
    const schedule = new OneCycleLR(optimizer, { maxLr: 1, totalSteps: 10 });
    for (let n = 0; n < 10; n++) schedule.step();
    expect(optimizer.lr).toBeCloseTo(1 / 25e4, 15);
    expect(() => schedule.step()).toThrow("step 11 is after the end of the cycle, which has totalSteps = 10");
  });

  test("ReduceLROnPlateau takes NaN for no improvement", () => {
    const optimizer = twoGroups();
    const schedule = new ReduceLROnPlateau(optimizer, { patience: 1 });
    schedule.step(1);
    for (let n = 0; n < 2; n++) schedule.step(NaN);
    expect(optimizer.groups[0]!.lr).toBeCloseTo(0.01, 15);
  });
});

const refusals: [make: (optimizer: Optimizer) => unknown, message: string][] = [
  [(o) => new StepLR(o, { stepSize: 0 }), "StepLR: stepSize must be a whole number ≥ 1, but is 0"],
  [(o) => new StepLR(o, { stepSize: 2, gamma: -1 }), "gamma must be a finite number ≥ 0"],
  [(o) => new CosineAnnealingLR(o, { tMax: 1.5 }), "tMax"],
  [(o) => new CosineAnnealingLR(o, { tMax: 5, etaMin: NaN }), "etaMin"],
  [(o) => new LinearLR(o, { startFactor: -1 }), "startFactor"],
  [(o) => new LinearLR(o, { endFactor: -1 }), "endFactor"],
  [(o) => new LinearLR(o, { totalIters: 0 }), "totalIters"],
  [(o) => new OneCycleLR(o, { maxLr: 1, totalSteps: 0 }), "totalSteps"],
  [(o) => new OneCycleLR(o, { maxLr: -1, totalSteps: 10 }), "maxLr"],
  [(o) => new OneCycleLR(o, { maxLr: [1], totalSteps: 10 }), "got 1 values of maxLr for 2 parameter groups"],
  [(o) => new OneCycleLR(o, { maxLr: 1, totalSteps: 10, pctStart: 0.1 }), "no room for rising and falling"],
  [(o) => new OneCycleLR(o, { maxLr: 1, totalSteps: 10, pctStart: 0.6, threePhase: true }), "falling twice"],
  [(o) => new OneCycleLR(o, { maxLr: 1, totalSteps: 10, divFactor: 0 }), "divFactor"],
  [(o) => new OneCycleLR(o, { maxLr: 1, totalSteps: 10, finalDivFactor: 0 }), "finalDivFactor"],
  [(o) => new OneCycleLR(o, { maxLr: 1, totalSteps: 10, annealStrategy: "sin" as never }), '"cos" and "linear"'],
  [(o) => new ReduceLROnPlateau(o, { factor: 1 }), "factor must be less than 1"],
  [(o) => new ReduceLROnPlateau(o, { patience: -1 }), "patience"],
  [(o) => new ReduceLROnPlateau(o, { minLr: [0] }), "got 1 values of minLr for 2 parameter groups"],
  [(o) => new ReduceLROnPlateau(o, { mode: "maximum" as never }), 'mode must be one of "min" and "max"'],
  [(o) => new ReduceLROnPlateau(o, { thresholdMode: "x" as never }), "thresholdMode"],
  [(o) => new SequentialLR(o, [], { milestones: [] }), "0 schedules need 1 milestones"],
  [(o) => new SequentialLR(o, [new LinearLR(o), new LinearLR(o)], { milestones: [3, 6] }), "need 1 milestones"],
  [(o) => new SequentialLR(o, [new LinearLR(o), new LinearLR(o)], { milestones: [0] }), "but got [0]"],
];

test.each(refusals.map(([make, message]) => [message, make] as const))("refused: %s", (message, make) => {
  expect(() => make(twoGroups())).toThrow(UsageError);
  expect(() => make(twoGroups())).toThrow(message);
});
