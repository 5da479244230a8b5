/** Points of a curve, each the mean of as many neighbours as it takes to have no more than `most` points. */
export class Curve {
  private readonly most: number;
  /** Values a point. */
  private width = 1;
  private points: { x: number; sum: number; count: number }[] = [];

  constructor(most = 400) {
    this.most = most;
  }

  /** @param x larger than those before */
  add(x: number, value: number): void {
    const last = this.points.at(-1);
    if (last && last.count < this.width) Object.assign(last, { x, sum: last.sum + value, count: last.count + 1 });
    else this.points.push({ x, sum: value, count: 1 });
    if (this.points.length > this.most) this.halve();
  }

  get x(): number[] {
    return this.points.map((point) => point.x);
  }

  get values(): number[] {
    return this.points.map(({ sum, count }) => sum / count);
  }

  private halve(): void {
    this.width *= 2;
    this.points = this.points.flatMap((point, i) => {
      const before = this.points[i - 1];
      if (i % 2 === 0) return i === this.points.length - 1 ? [point] : [];
      return [{ x: point.x, sum: before!.sum + point.sum, count: before!.count + point.count }];
    });
  }
}

/** Two curves over one axis: where one has no value, there is null. */
export function align(a: Curve, b: Curve): { x: number[]; a: (number | null)[]; b: (number | null)[] } {
  const [ofA, ofB] = [a, b].map((curve) => {
    const { x, values } = curve;
    return new Map(x.map((at, i) => [at, values[i]!]));
  });
  const x = [...new Set([...ofA!.keys(), ...ofB!.keys()])].sort((p, q) => p - q);
  return { x, a: x.map((at) => ofA!.get(at) ?? null), b: x.map((at) => ofB!.get(at) ?? null) };
}
