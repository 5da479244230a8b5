import { expect, test } from "vitest";
import { asCode } from "../src/blocks/as-code.ts";
import { knownShape } from "../src/experiment/data-choice.ts";
import { defaultExperiment } from "../src/experiment/presets.ts";
import { highlight } from "../src/views/take-away/highlight.ts";

test("a script's pieces are its comments, strings, keywords and numbers, and all of them are the script", () => {
  const code = asCode(defaultExperiment, knownShape(defaultExperiment.data)!);
  const pieces = highlight(code);
  expect(pieces.map(({ text }) => text).join("")).toBe(code);
  const of = (kind: string) => pieces.filter((piece) => piece.kind === kind).map(({ text }) => text);
  expect(of("comment")).toContain(
    "// The same bits on every machine, which is what makes the losses those of the page.",
  );
  expect(of("string")).toContain('"@pointwise/compiler"');
  expect(of("string").some((text) => text.includes("}: loss "))).toBe(true);
  expect(new Set(of("keyword"))).toContain("import");
  expect(of("number")).toContain("0.01");
});

test("what is in a string or a comment is no keyword and no number", () => {
  expect(highlight('"for 3" // if 4')).toEqual([
    { kind: "string", text: '"for 3"' },
    { kind: "plain", text: " " },
    { kind: "comment", text: "// if 4" },
  ]);
  expect(highlight("Conv2d(1e-3)").map(({ kind }) => kind)).toEqual(["plain", "number", "plain"]);
});
