import type { SearchText } from "./en.ts";

export const zh: SearchText = {
  title: "让全连接分类器滑过一幅大图",
  idea:
    "使用全连接头的那个网络是用 28×28 像素的单个数字训练的。它在 4×4 特征图上的全连接层，其实就是 4×4 的卷积核在唯一的位置上做的卷积。" +
    "特征图变大时，同样的权重就有了更多的位置：因此无论图有多大，分类器一次就能对每个窗口给出答案。画几个数字，或从数据集里放几个，看看它在哪里找到了什么。",
  need: "这里需要上面训练好的全连接网络。它就在此时此地学习，没有预先准备好的权重。",
  trainNow: "现在训练",
  waitForScore: "正在训练。50 步之后会有第一批答案。",
  classifier: (step, accuracy) => `训练 ${step} 步后的分类器：在留出的数字上准确率为 ${accuracy}。`,
  stage: (height, width, digits) =>
    `${height}×${width} 像素的图，上面有 ${digits} 个数据集里的数字。可以在上面画，也可以用下面的按钮。`,
  how: "用鼠标或手指画，大小与画面空白时左上角的虚线框（28 像素）相仿。放上去的数字可以拖动，也可以用方向键移动（按住 Shift 键每次移动十个像素）；按 Delete 键移除。",
  addFive: "放五个数字",
  addOne: "加一个数字",
  clear: "清空",
  full: "没有空位再放数字了。请把数字挪近一些，或清空画面。",
  stamp: (digit, row, column) =>
    `数据集里的数字 ${digit}，位于第 ${row} 行第 ${column} 列。按方向键移动，按 Delete 键移除。`,
  empty: "还什么都没有画。",
  none: "没有找到：没有一个窗口的正中有一个完整的、分类器确信的数字。",
  found: (digits) => `从左到右找到：${digits}。`,
  listComma: "、",
  hits: (right, all) => `放上去的 ${all} 个数字中，有 ${right} 个被找到并且认对。`,
  isReally: (found, truth) => `${found}（其实是 ${truth}）`,
  heat: "每个窗口上各个数字的概率",
  heatLater: "分类器学到东西之后，这里就会画出十张图。",
  heatMap: (digit) => `每个窗口上数字 ${digit} 的概率`,
  heatNote: (rows, columns) =>
    `十张 ${rows}×${columns} 的图，一个像素对应一个窗口。没有笔迹的窗口留空。分类器从没见过半个数字，却常常照样很确信：` +
    "所以画框还要求更多，即窗口里的笔迹位于正中、四周留有空白，并且在相互重叠的窗口中居中得最好。它在相应数字的图上用圆圈标出。",
  facts: "全连接层变成了什么",
  became: (before, after) => `${before} 变成了 ${after}`,
  weights: (channels, kernel, parameters) =>
    `权重 [10, ${channels * kernel * kernel}] 看作 [10, ${channels}, ${kernel}, ${kernel}]：还是那 ${parameters} 个数，一个也没有重新训练。`,
  windows: (rows, columns, windows) => `一次处理 ${rows}×${columns} = ${windows} 个窗口`,
  windowsWhy: (height, width) =>
    `(${height} − 28)/2 + 1 行，(${width} − 28)/2 + 1 列：主干把图缩小一半，所以相邻窗口相距两个像素。`,
  macs: (inOneGo, oneByOne) => `一次处理需要 ${inOneGo} 百万次乘加，逐个窗口则需要 ${oneByOne} 百万次`,
  macsWhy: (windows, oneWindow, times) =>
    `${windows} · ${oneWindow}，是前者的 ${times} 倍：相邻的窗口共用主干的大部分计算。`,
  compare: "验证：把每个窗口剪下来",
  comparing: "正在剪下每个窗口。",
  difference: "全部窗口、全部数字的分数的最大差值：",
  measured: (inOneGo, oneByOne) =>
    `刚刚测得：一次处理 ${inOneGo} 毫秒，逐个窗口 ${oneByOne} 毫秒。精度为 float32；求和顺序不同，最后几位可能不同。`,
};
