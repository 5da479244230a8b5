import type { LabText } from "./en.ts";

export const zh: LabText = {
  locale: "zh-CN",
  title: "1×1 卷积就是作用于每个像素的全连接层",
  lead:
    "卷积核对每个输入通道各有一片，各片的结果相加，得到一张输出特征图。1×1 卷积核不改变高和宽，只改变通道数：" +
    "它就是在每个像素上各做一次的全连接层。动手试试吧。",
  channel: (number) => `通道 ${number}`,
  map: (number) => `特征图 ${number}`,
  bias: "偏置",
  reset: "重置",

  mix: {
    title: "混合一个像素的各个通道",
    idea:
      "一幅彩色图就是三张通道图。在每个像素上，1×1 卷积用一个 4×3 的矩阵乘以三个通道值，再加上偏置，得到四个新通道。" +
      "全连接层对一个向量做的正是同一件事。这里两者用的是同一组数：拖动一个权重，两边的结果会一起变化。",
    how: "上下拖动数字（或网络中的连线），也可以用方向键。指向一个像素，就能看到它的算式。",
    picture: "图片",
    pictures: { apple: "苹果", sunset: "日落", fish: "小鱼" },
    pictureLabel: "图片中的像素",
    pixelAnswers: (row, column, answers) => `第 ${row} 行第 ${column} 列：输出为 ${answers.join("、")}`,
    sum: "权重 · 通道值 + 偏置",
    answer: (number) => `输出 ${number}`,
    colours: ["红", "绿", "蓝"],
    channelLabel: (colour) => `图片的${colour}色通道`,
    convolution: "1×1 卷积",
    convolutionNote: "权重与偏置 → 4 张特征图",
    dense: "全连接层",
    denseNote: "输入一个像素，输出 4 个数；对 64 个像素逐一计算",
    convolutionMap: (map) => `1×1 卷积得到的特征图 ${map}`,
    denseMap: (map) => `全连接层在每个像素上的第 ${map} 个输出`,
    network: "把全连接层画成网络：三个输入，四个输出。一条连线就是一个权重：越粗，绝对值越大；虚线表示负数。",
    weight: (colour, map) => `从${colour}色通道到特征图 ${map} 的权重`,
    biasOf: (map) => `特征图 ${map} 的偏置`,
    sums: (row, column) => `第 ${row} 行第 ${column} 列的像素，完整算式`,
    proof: "Conv1x1 与 Linear 在全部 64 个像素、4 张特征图上的最大差值：",
    proofWhy:
      "由 @pointwise/layers 刚刚算出，两个层都使用上面的权重，精度为 float32。权重相同，求和相同，每一位都相同。",
    random: "随机权重",
    legend: "特征图中的数值",
  },

  slide: {
    title: "让卷积核滑过多个通道",
    idea:
      "卷积核对每个输入通道各有一片。在每个位置上，每一片与它下方的数逐个相乘再求和，得到该通道部分和图的一个像素。" +
      "各片之和相加，再加上一个偏置，就是输出特征图的一个像素。一个卷积核产生一张特征图：要有四个输出通道，就需要四个这样的卷积核。",
    ifOne: "k = 1 时，每一片只有一个数，只看一个像素：这样求和就是对各通道做的全连接层，与上面一样。",
    sameSize: (side) => `特征图仍是 ${side}×${side}，与图片一样大。`,
    otherSize: (side, out) => `特征图的大小与图片不同：是 ${out}×${out}，而不是 ${side}×${side}。`,
    kernelSize: "卷积核大小 k",
    channels: "通道数",
    stride: "步幅",
    padding: "填充",
    speed: "速度",
    perSecond: (places) => `每秒 ${places} 步`,
    place: "位置",
    placeOf: (place, places) => `${place} / ${places}`,
    play: "播放",
    pause: "暂停",
    back: "上一步",
    forward: "下一步",
    newNumbers: "换一组数",
    window: "窗口",
    slice: "卷积核的一片",
    products: "乘积",
    partial: "部分和图",
    inputLabel: (channel) => `图片的通道 ${channel}，以及其上的窗口`,
    partialLabel: (channel) => `通道 ${channel} 的部分和图`,
    sumOf: (channel, sum) => `第 ${channel} 片：乘积之和为 ${sum}`,
    spoken: (row, column, sums, bias, total) =>
      `特征图的第 ${row} 行第 ${column} 列。各片之和为 ${sums.join("、")}；加上偏置 ${bias}，得 ${total}。`,
    output: "输出特征图",
    outputSum: "各片之和，加上偏置",
    size: (formula, side) => `特征图的高和宽：${formula} = ${side}。`,
    check: "与 @pointwise/layers 的 Conv2d 在整张特征图上的最大差值：",
  },

  count: {
    title: "算一算代价",
    idea: "卷积的权重个数与高、宽无关：每个像素都用同一组权重。而把特征图展平后再接全连接层，则每个通道的每个像素都要有自己的权重。",
    height: "高",
    width: "宽",
    inChannels: "输入通道数",
    outChannels: "输出通道数",
    kernelSize: "k×k 卷积的 k",
    parameters: "参数量",
    macs: "处理一幅图的乘加次数（MACs）",
    scale: "同一图表中的条形都用同一比例，从 0 开始。",
    layers: {
      conv1x1: () => "1×1 卷积",
      denseOverChannels: () => "全连接层，作用于每个像素的各通道",
      convKxK: (k) => `${k}×${k} 卷积`,
      denseOverMap: () => "全连接层，作用于展平的特征图",
    },
    formulas: {
      conv1x1: "1·1·Cin·Cout + Cout",
      denseOverChannels: "Cin·Cout + Cout",
      convKxK: "kH·kW·Cin·Cout + Cout",
      denseOverMap: "H·W·Cin·Cout + Cout",
    },
    macsFormulas: {
      conv1x1: "H·W·Cin·Cout",
      denseOverChannels: "H·W·Cin·Cout",
      convKxK: "H·W·kH·kW·Cin·Cout",
      denseOverMap: "H·W·Cin·Cout",
    },
    times: (times) => `${times} 倍`,
    same: "1×1 卷积的权重个数与作用于通道的全连接层完全相同：它们就是同一个层。",
    saving: (times) =>
      `作用于展平特征图的全连接层，权重是它的 ${times} 倍（高×宽），乘加次数却一样多：卷积省的是内存，不是计算，因为每个权重在每个像素上都要用一次。`,
    savingNone: "当特征图只有一个像素时，这三者是同一个层：没有节省。",
    answers: (outputs) =>
      `卷积在每个像素上都给出结果；对整张图取平均（全局平均池化，没有参数），就得到 ${outputs} 个数，与全连接层的输出一样多。`,
    mapToMap: (parameters) => `如果要让全连接层像卷积那样输出整张特征图，就需要 ${parameters} 个参数。`,
  },
};
