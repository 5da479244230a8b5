import { texts } from "./texts.ts";

const en = {
  title: "Pointwise playground",
  views: "Views",
  tabs: { train: "Train", lab: "1×1 lab", inside: "Look inside", "take-away": "Take away" },
  theme: "Colours",
  themes: { system: "As the system", light: "Light", dark: "Dark" },
  language: "Language",
};

const zh: typeof en = {
  title: "Pointwise 神经网络乐园",
  views: "页面",
  tabs: { train: "训练", lab: "1×1 实验室", inside: "看看内部", "take-away": "带走" },
  theme: "颜色",
  themes: { system: "跟随系统", light: "浅色", dark: "深色" },
  language: "语言",
};

export const frameText = texts({ en, zh });
