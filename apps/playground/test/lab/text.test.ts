import { expect, test } from "vitest";
import { en as ownEn } from "../../src/text/lab/en.ts";
import { en as searchEn } from "../../src/text/lab/search/en.ts";
import { zh as searchZh } from "../../src/text/lab/search/zh.ts";
import { en as twinsEn } from "../../src/text/lab/twins/en.ts";
import { zh as twinsZh } from "../../src/text/lab/twins/zh.ts";
import { zh as ownZh } from "../../src/text/lab/zh.ts";

const en = { ...ownEn, twins: twinsEn, search: searchEn };
const zh = { ...ownZh, twins: twinsZh, search: searchZh };

/** All texts, those of functions with numbers put in. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "function") yield String(value(1, 2, ["3", "4"], "5", "6"));
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) yield* textsOf(inner);
}

test("the Chinese texts have the marks of Chinese, and no word is left in English", () => {
  for (const text of textsOf({ ...zh, locale: "" })) {
    expect(text).not.toMatch(/[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/u);
    const words = text.replace(
      /Conv1x1|Linear|Conv2d|@pointwise\/layers|float32|MACs|Shift|Delete|[kK][HW]?|C(in|out)|[HW]/g,
      "",
    );
    expect(words).not.toMatch(/[a-z]{2}/i);
  }
});

test("the Chinese texts use the terms of the field", () => {
  const all = [...textsOf(zh)].join("\n");
  for (const term of ["1×1 卷积", "全连接层", "通道", "特征图", "卷积核", "偏置", "步幅", "填充", "参数量"]) {
    expect(all).toContain(term);
  }
});

test("every text says something in both languages", () => {
  const [english, chinese] = [[...textsOf(en)], [...textsOf(zh)]];
  expect(chinese).toHaveLength(english.length);
  for (const text of [...english, ...chinese]) expect(text.trim()).not.toBe("");
});
