import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { certainty, diverging, grayscale } from "../src/report/color-scales.ts";
import { html } from "../src/report/html.ts";
import { lineChart } from "../src/report/line-chart.ts";
import { pngUri } from "../src/report/pixel-image.ts";
import { renderReport } from "../src/report/report.ts";
import { smooth } from "../src/report/smooth.ts";
import { untrainedResult } from "./lab-result.ts";

const result = untrainedResult();
const page = renderReport(result);

describe("the report", () => {
  it("needs nothing from anywhere", () => {
    expect(page).not.toMatch(/https?:|<script|<link|@import|url\((?!#)/);
    for (const [, source] of page.matchAll(/(?:src|href)="([^"]*)"/g))
      expect(source).toMatch(/^data:image\/png;base64,/);
    expect(page).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
  });

  it("has the numbers of the result", () => {
    const { twins, search } = result;
    for (const text of [
      "(32·4·4)·10 + 10 = 5,130",
      "1·1·32·10 + 10 = 330",
      `${(100 * twins[0].accuracy).toFixed(1)} %`,
      `${search.hits} of ${search.truth.length} digits found`,
      "--seed 7 --epochs 1",
      "Pointwise 1.2.3, Node.js v20.0.0",
      "2026-01-02 03:04 UTC",
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  it("says what each picture shows", () => {
    const pictures = page.match(/<img [^>]*>|<svg [^>]*>/g)!;
    expect(pictures.length).toBeGreaterThan(30);
    for (const picture of pictures) expect(picture).toMatch(/ alt="[^"]+"| role="img" aria-label="[^"]+"/);
  });

  it("closes every element that it opens", () => {
    const open: string[] = [];
    for (const [, end, name, selfClosing] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/gi)) {
      if (selfClosing || ["meta", "img"].includes(name!)) continue;
      if (end) expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
  });

  it("escapes texts", () => {
    const source = `<b onclick="x">'&`;
    expect(renderReport({ ...result, source })).toContain("&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;");
  });
});

describe("templates of HTML", () => {
  it("escape texts, join lists, and leave HTML as it is", () => {
    const item = (text: string) => html`<li>${text}</li>`;
    expect(html`<ul class="${'"'}">${["a<b", "c"].map(item)}</ul>${1}`.text).toBe(
      `<ul class="&quot;"><li>a&lt;b</li><li>c</li></ul>1`,
    );
  });
});

describe("small pictures", () => {
  it("are PNGs, a pixel for each value", () => {
    const uri = pngUri({ height: 1, width: 3, values: [-2, 0, 2] }, grayscale([-2, 2]));
    const { width, height, data } = PNG.sync.read(Buffer.from(uri.split(",")[1]!, "base64"));
    expect([width, height]).toEqual([3, 1]);
    expect([...data]).toEqual([0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255]);
  });

  it("have colours by sign and size", () => {
    const scale = diverging([-4, 1]);
    expect(scale(0)[3]).toBe(0);
    expect(scale(-4)).toEqual([37, 99, 235, 255]);
    expect(scale(1)).toEqual([232, 104, 12, 128]);
    expect(diverging([0, 0])(0)[3]).toBe(0);
    expect(grayscale([5, 5])(5)).toEqual([0, 0, 0, 255]);
    expect([certainty(0)[3], certainty(1)[3]]).toEqual([0, 255]);
  });
});

describe("curves", () => {
  it("are smoothed without a bias at the start", () => {
    expect(smooth([3, 3, 3])).toEqual([3, 3, 3].map((x) => expect.closeTo(x, 12)));
    expect(smooth([0, 1], 0.5)[1]).toBeCloseTo(2 / 3, 12);
    expect(smooth([])).toEqual([]);
  });

  it("are drawn between the ends of the scales, a loss of 0 too", () => {
    const series = {
      name: "a",
      kind: "dense",
      raw: [],
      points: [
        [0, 1],
        [1, 0],
      ],
    } as const;
    const chart = { title: "Loss", description: "d", xLabel: "epochs", xDomain: [0, 1], formatY: String } as const;
    const { text } = lineChart({ ...chart, yDomain: [0.01, 1], yScale: "log", series: [series] });
    expect(text).toMatch(/class="curve dense" d="M52,12L448,[\d.]+"/);
    expect(text).not.toContain("NaN");
  });
});
