import { FormatError, UsageError } from "@pointwise/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvOptions, parseCsv } from "../src/index.ts";

const parse = (text: string, options: Omit<CsvOptions, "file"> = {}) => parseCsv(text, { file: "a.csv", ...options });

describe("parseCsv", () => {
  test("reads features, and classes by their text", () => {
    const { inputs, targets, classes, features } = parse(
      "length,width,species\n1,2,setosa\n3.5,-4e1,virginica\n5,6,setosa\n",
    );
    expect(inputs.toArray()).toEqual([
      [1, 2],
      [3.5, -40],
      [5, 6],
    ]);
    expect([inputs.dtype, targets.dtype, targets.toArray()]).toEqual(["float32", "int32", [0, 1, 0]]);
    expect(classes).toEqual(["setosa", "virginica"]);
    expect(features).toEqual(["length", "width"]);
  });

  test("numeric labels are ordered as numbers, and numbered without gaps", () => {
    const { targets, classes } = parse("1,10\n1,9\n1,2\n1,10\n");
    expect(classes).toEqual(["2", "9", "10"]);
    expect(targets.toArray()).toEqual([2, 1, 0, 2]);
  });

  test.each([
    ["by name", { label: "class" }],
    ["by number", { label: 1 }],
    ["from the end", { label: -2 }],
  ])("the label column is found %s", (_, options) => {
    const { inputs, classes, features } = parse("x,class,y\n1,b,2\n3,a,4", options);
    expect([inputs.toArray(), classes, features]).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      ["a", "b"],
      ["x", "y"],
    ]);
  });

  test("a header is recognised, or said", () => {
    expect(parse("1,2,a\n3,4,b").inputs.shape).toEqual([2, 2]);
    expect(parse("1,2,a\n3,4,b").features).toEqual(["column 1", "column 2"]);
    expect(parse("x,2,a\n3,4,b").features).toEqual(["x", "2"]);
    expect(parse("1,2,a\n3,4,b", { header: true }).inputs.toArray()).toEqual([[3, 4]]);
    expect(() => parse("x,2,a\n3,4,b", { header: false })).toThrow(
      'a.csv: line 1, column 1: expected a number, but found "x".',
    );
  });

  test("quotes, CRLF, blank lines, spaces, a byte-order mark and other delimiters", () => {
    const text = '\uFEFF"a;1" ; b;class\r\n\r\n1;"2" ; "x ""y""\nz"\r\n 3 ; 4 ;w';
    const { inputs, classes, features } = parse(text, { delimiter: ";" });
    expect(inputs.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(features).toEqual(["a;1", "b"]);
    expect(classes).toEqual(["w", 'x "y"\nz']);
    expect(parse("1\t2\t0\n", { delimiter: "\t" }).inputs.toArray()).toEqual([[1, 2]]);
  });

  test("what is written as RFC 4180 has it is read back", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "B", " ", ",", '"', "\n", "7") }).map((s) => `w${s}w`);
    const rows = fc.array(fc.tuple(fc.float({ noNaN: true, noDefaultInfinity: true }), word), { minLength: 1 });
    fc.assert(
      fc.property(rows, fc.constantFrom("\n", "\r\n"), fc.boolean(), (samples, lineEnd, last) => {
        const lines = samples.map(([x, label]) => `${x},"${label.replaceAll('"', '""')}"`);
        const { inputs, targets, classes } = parse(lines.join(lineEnd) + (last ? lineEnd : ""));
        expect([...inputs.data].map((x) => x + 0)).toEqual(samples.map(([x]) => x + 0));
        expect([...targets.data].map((i) => classes[i])).toEqual(samples.map(([, label]) => label));
        expect(classes).toEqual([...classes].sort());
      }),
    );
  });

  test.each<[string, string, Omit<CsvOptions, "file">, string]>([
    ["empty", " \n\n", {}, "a.csv: expected a sample a line, but found no lines with anything in them."],
    [
      "one column",
      "1;2\n3;4",
      {},
      'a.csv: line 1: expected at least two columns, a feature and a label, but found one: "1;2". Are they separated by another character than ","?',
    ],
    ["no number", "x,y\n1,a\nten,b", {}, 'a.csv: line 3, column 1 (x): expected a number, but found "ten".'],
    ["hexadecimal", "1,a\n0x1f,b", {}, 'a.csv: line 2, column 1: expected a number, but found "0x1f".'],
    ["infinite", "1,a\nInfinity,b", {}, 'expected a number, but found "Infinity"'],
    [
      "too large for float32",
      "1,a\n1e39,b",
      {},
      'expected a number of no more than 3.4e38, the largest of float32, but found "1e39"',
    ],
    [
      "missing",
      "1,2,a\n1,,b",
      {},
      "a.csv: line 2, column 2: expected a value, but found nothing. Fill it in, or leave the line out.",
    ],
    ["missing label", "1,2,a\n1,2,", {}, "a.csv: line 2, column 3: expected a value, but found nothing."],
    [
      "placeholder",
      "1,2,a\n1,?,b",
      {},
      'line 2, column 2: expected a value, but found "?", which stands for a missing value.',
    ],
    ["NaN", "1,2,a\nNaN,1,b", {}, 'line 2, column 1: expected a value, but found "NaN"'],
    ["too few columns", "1,2,a\n\n1,b", {}, "a.csv: line 3: expected 3 columns, as in the first line, but found 2."],
    ["too many columns", "1,2,a\n1,2,3,b", {}, "a.csv: line 2: expected 3 columns, as in the first line, but found 4."],
    ["only a header", "x,y,class\n", {}, "a.csv: expected samples after the header, but found none."],
    ["an open quote", '1,a\n2,"b\n3,c', {}, 'a.csv: line 2, column 2: the quote before "b\\n3,c" is never closed.'],
    [
      "a quote within",
      '1,a\n2,b"c',
      {},
      'a.csv: line 2, column 2: expected quotes around the whole field, but found one within "b\\"c".',
    ],
    [
      "text after a quote",
      '1,a\n2,"b"c',
      {},
      'a.csv: line 2, column 2: expected the field to end after its closing quote, but found "c".',
    ],
    ["lines are counted in quotes", '1,"a\n\n"\nx,b', {}, "a.csv: line 4, column 1"],
  ])("refuses a wrong file: %s", (_, text, options, message) => {
    expect(() => parse(text, options)).toThrow(FormatError);
    expect(() => parse(text, options)).toThrow(message);
  });

  test.each<[string, Omit<CsvOptions, "file">, string]>([
    ["unknown label", { label: "kind" }, 'a.csv has no column "kind". Its columns are x, class.'],
    ["label out of range", { label: 2 }, "no label column 2 in a.csv, which has 2 columns: 0 to 1, or −1 for the last"],
    ["label no whole number", { label: 0.5 }, "no label column 0.5"],
    [
      "name without header",
      { label: "class", header: false },
      'given by the name "class", but a.csv is read without a header',
    ],
    ["empty delimiter", { delimiter: "" }, 'is ""'],
    ["long delimiter", { delimiter: "::" }, 'is "::"'],
    ["quote", { delimiter: '"' }, 'is "\\""'],
    ["digit", { delimiter: "1" }, 'is "1"'],
    ["space", { delimiter: " " }, 'is " "'],
  ])("refuses a wrong option: %s", (_, options, message) => {
    expect(() => parse("x,class\n1,a", options)).toThrow(UsageError);
    expect(() => parse("x,class\n1,a", options)).toThrow(message);
  });
});
