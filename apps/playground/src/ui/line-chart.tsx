import { useEffect, useRef } from "preact/hooks";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { isDark } from "../state/theme.ts";

export interface Line {
  readonly title: string;
  /** The name of a colour of the style sheet, such as "accent". */
  readonly color: string;
  /** Places where there is no value are gaps, drawn through. */
  readonly values: readonly (number | null)[];
}

interface Props {
  readonly label: string;
  readonly x: readonly number[];
  /** What x counts. */
  readonly xTitle: string;
  readonly lines: readonly Line[];
  /** Where the horizontal axis ends, so that one sees how far it is to go; at the last value unless said. */
  readonly xEnd?: number | undefined;
  /** Where the vertical axis ends, which begins at 0; a little above the largest value unless said. */
  readonly most?: number | undefined;
  readonly format?: (value: number) => string;
}

/** Curves over a common axis. The chart is made once; new values are drawn into it. */
export function LineChart({ label, x, xTitle, lines, xEnd, most, format = String }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(null);
  const dark = isDark.value;
  const titles = lines.map(({ title, color }) => `${title} ${color}`).join();
  // Values are drawn by the effect below: a new chart is needed for other lines, ends or colours only.
  useEffect(() => {
    const element = place.current!;
    const plot = new UPlot(
      { ...sizeOf(element), ...look({ xTitle, lines, xEnd, most, format }, dark) },
      data({ x, lines }),
      element,
    );
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize(sizeOf(element)));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [titles, xEnd, most, dark]);
  useEffect(() => chart.current?.setData(data({ x, lines })), [x, lines]);
  return <div ref={place} class="line-chart" role="img" aria-label={label} />;
}

const height = 180;

const sizeOf = (element: HTMLElement) => ({ width: Math.max(120, element.clientWidth), height });

const data = ({ x, lines }: Pick<Props, "x" | "lines">): UPlot.AlignedData => [
  [...x],
  ...lines.map(({ values }) => [...values]),
];

function look(
  { xTitle, lines, xEnd, most, format }: Omit<Props, "label" | "x"> & { readonly format: (value: number) => string },
  dark: boolean,
) {
  const styles = getComputedStyle(document.documentElement);
  const color = (name: string) => styles.getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: color("muted"),
    grid: { stroke: color("line"), width: 1 },
    ticks: { stroke: color("line"), width: 1 },
    font: "12px system-ui, sans-serif",
  };
  return {
    scales: {
      x: { time: false, range: (_: UPlot, _low: number | null, high: number | null) => ends(xEnd ?? high ?? 1) },
      y: { range: (_: UPlot, _low: number | null, high: number | null) => ends(most ?? (high ? 1.05 * high : 1)) },
    },
    axes: [axis, { ...axis, size: 52, values: (_: UPlot, ticks: number[]) => ticks.map(format) }],
    cursor: { drag: { x: false, y: false }, points: { size: 7 } },
    series: [
      { label: xTitle },
      ...lines.map((line) => ({
        label: line.title,
        stroke: color(line.color),
        width: 2,
        spanGaps: true,
        // Dots are for the few values of a line that is not measured at each place.
        points: {
          show: (plot: UPlot, series: number) => [...plot.data[series]!].filter((v) => v !== null).length < 40,
        },
        value: (_: UPlot, value: number | null) => (value === null ? "–" : format(value)),
      })),
    ],
    padding: [8, 8, 0, 0] as UPlot.Padding,
    class: dark ? "dark" : "light",
  };
}

const ends = (most: number): UPlot.Range.MinMax => [0, most];
