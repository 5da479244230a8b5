import { writeNumber } from "./write-number.ts";

/** The colours of values from −range to range. */
export function SignLegend({ title, range }: { readonly title: string; readonly range: number }) {
  return (
    <div class="sign-legend">
      <span>{title}</span>
      <span>{writeNumber(-range)}</span>
      <span class="sign-ramp" />
      <span>+{writeNumber(range)}</span>
    </div>
  );
}
