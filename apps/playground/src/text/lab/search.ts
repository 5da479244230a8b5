import { texts } from "../texts.ts";

/** Of the lab's part in which a classifier slides over a large picture. Rows and columns are counted from 1. */
export const en = {
  title: "Slide the dense classifier over a large picture",
  idea:
    "The dense twin was trained on single digits of 28×28 pixels. Its dense layer over a 4×4 map is a convolution with 4×4 kernels, seen at " +
    "its only place. On a larger map the same weights have more places: so the classifier answers for every window of a picture of " +
    "any size, in one go. Draw some digits, or drop some of the data set, and see where it finds which.",
  need: "This needs the trained dense twin from above. It learns here and now; nothing was prepared.",
  trainNow: "Train it now",
  waitForScore: "Training. The first answers come after 50 steps.",
  classifier: (step: string, accuracy: string) =>
    `The classifier after ${step} steps: ${accuracy} of the held-out digits are right.`,
  stage: (height: number, width: number, digits: number) =>
    `Picture of ${height} by ${width} pixels with ${digits} digits of the data set. Draw on it, or use the buttons below.`,
  how: "Draw with pointer or finger, about as large as the frame. Move a dropped digit by dragging or by the arrow keys (Shift: ten pixels); Delete takes it away.",
  addFive: "Drop five digits",
  addOne: "Add a digit",
  clear: "Clear",
  full: "There is no free place for another digit. Move some together, or clear the picture.",
  stamp: (digit: number, row: number, column: number) =>
    `Digit ${digit} of the data set at row ${row}, column ${column}. Arrow keys move it, Delete takes it away.`,
  empty: "Nothing has been drawn yet.",
  none: "Nothing was found: no window has a whole digit at its middle that the classifier is sure about.",
  found: (digits: string) => `Found, from left to right: ${digits}.`,
  listComma: ", ",
  hits: (right: number, all: number) => `${right} of ${all} dropped digits are found and named right.`,
  isReally: (found: number, truth: number) => `${found}, but it is a ${truth}`,
  heat: "How probable each digit is, at every window",
  heatMap: (digit: number) => `Probability of ${digit} at every window`,
  heatNote: (rows: number, columns: number) =>
    `Ten maps of ${rows}×${columns}: one pixel a window. Windows without ink are left blank. The classifier never saw half a digit, and is ` +
    "often sure about one all the same: so a box needs more, a window whose ink lies at its middle with a margin around it, and the best " +
    "centred of those that overlap.",
  facts: "What happened to the dense layer",
  became: (before: string, after: string) => `${before} became ${after}`,
  weights: (channels: number, kernel: number, parameters: string) =>
    `The weights [10, ${channels * kernel * kernel}] are read as [10, ${channels}, ${kernel}, ${kernel}]: the same ${parameters} numbers, none of them trained anew.`,
  windows: (rows: number, columns: number, windows: string) => `${rows}×${columns} = ${windows} windows in one go`,
  windowsWhy: (height: number, width: number) =>
    `(${height} − 28)/2 + 1 rows and (${width} − 28)/2 + 1 columns: the body halves the picture once, so windows are two pixels apart.`,
  macs: (inOneGo: string, oneByOne: string) =>
    `${inOneGo} million MACs in one go, ${oneByOne} million window by window`,
  macsWhy: (windows: string, oneWindow: string, times: string) =>
    `${windows} · ${oneWindow} would be ${times} times as many: neighbouring windows share most of what the body computes.`,
  compare: "Check: cut out every window",
  comparing: "Cutting out every window.",
  difference: "Largest difference of the scores, over all windows and digits:",
  measured: (inOneGo: string, oneByOne: string) =>
    `Measured just now: ${inOneGo} ms in one go, ${oneByOne} ms window by window. In float32; sums in another order may differ in the last digits.`,
};

export type SearchText = typeof en;

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
  how: "用鼠标或手指画，大小与左上角的方框相仿。放上去的数字可以拖动，也可以用方向键移动（按住换档键每次移动十个像素）；按删除键移除。",
  addFive: "放五个数字",
  addOne: "加一个数字",
  clear: "清空",
  full: "没有空位再放数字了。请把数字挪近一些，或清空画面。",
  stamp: (digit, row, column) => `数据集里的数字 ${digit}，位于第 ${row} 行第 ${column} 列。方向键移动，删除键移除。`,
  empty: "还什么都没有画。",
  none: "没有找到：没有一个窗口的正中有一个完整的、分类器确信的数字。",
  found: (digits) => `从左到右找到：${digits}。`,
  listComma: "、",
  hits: (right, all) => `放上去的 ${all} 个数字中，有 ${right} 个被找到并且认对。`,
  isReally: (found, truth) => `${found}（其实是 ${truth}）`,
  heat: "每个窗口上各个数字的概率",
  heatMap: (digit) => `每个窗口上数字 ${digit} 的概率`,
  heatNote: (rows, columns) =>
    `十张 ${rows}×${columns} 的图，一个像素对应一个窗口。没有笔迹的窗口留空。分类器从没见过半个数字，却常常照样很确信：` +
    "所以画框还要求更多，即窗口里的笔迹位于正中、四周留有空白，并且在相互重叠的窗口中居中得最好。",
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

export const searchText = texts<SearchText>({ en, zh });
