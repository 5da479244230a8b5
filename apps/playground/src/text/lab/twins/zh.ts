import type { TwinsText } from "./en.ts";

export const zh: TwinsText = {
  title: "训练一对双胞胎：全连接头对 1×1 卷积头",
  idea:
    "两个网络识别同样的手写数字。它们的主干相同，初始权重也相同；两者轮流用同一批数据训练。" +
    "不同的只有分类头：一个把特征图展平后接全连接层；另一个用 1×1 卷积得到十张特征图，再把每张图平均成一个分数。",
  names: { dense: "全连接头", pointwise: "1×1 卷积头" },
  body: "两者共同的主干：",
  map: (shape) => `它输出 ${shape} 的特征图。`,
  parameters: (formula, parameters) => `${formula} = ${parameters} 个参数`,
  macs: (formula, macs) => `${formula} = 每幅图 ${macs} 次乘加（MACs）`,
  total: (parameters) => `连同主干共 ${parameters} 个参数`,
  run: "同时训练",
  pause: "暂停",
  resume: "继续",
  again: "重新训练",
  reset: "重置",
  seed: "随机种子",
  seedRule: "请输入 0 到 4,294,967,295 之间的整数。",
  progress: "训练进度",
  stepOf: (step, total, epoch, epochs) => `第 ${step} / ${total} 步，第 ${epoch} / ${epochs} 轮`,
  states: {
    ready: "准备就绪。大约需要 10 到 30 秒。",
    opening: "正在加载手写数字。",
    running: "正在同时训练。",
    paused: "已暂停。",
  },
  done: (heldOut, dense, pointwise) =>
    `训练完成。在 ${heldOut} 个留出的数字上，全连接头的准确率为 ${dense}，1×1 卷积头为 ${pointwise}。`,
  loss: "损失",
  accuracy: "准确率",
  heldOut: "留出集准确率",
  step: "步数",
  lossLabel: "两个分类头在各批数据上的损失随步数的变化",
  accuracyLabel: "两个分类头在各批数据上的准确率随步数的变化",
  heldOutLabel: "两个分类头在留出数字上的准确率随步数的变化",
  notes: (times) => [
    `全连接头的参数量是 1×1 卷积头的 ${times} 倍，乘加次数却一样多：它在特征图的每个位置都有自己的权重，而 1×1 卷积在每个位置都用同一组权重。`,
    "1×1 卷积头也有所放弃：它不知道某个特征出现在图的哪个位置。主干可以弥补这一点，因为特征图的每个位置都能看到 22×22 个像素。",
  ],
};
