import type { LayerKind } from "../../views/lab/count/counts.ts";
import type { PictureName } from "../../views/lab/mix/pictures.ts";

/** Of the 1×1 lab. Rows, columns, maps and channels are counted from 1 here. */
export const en = {
  /** For numbers with their thousands apart. */
  locale: "en",
  title: "The 1×1 convolution is a dense layer at every pixel",
  lead:
    "A convolution sums one kernel slice per input channel into each output map. A 1×1 kernel keeps height and width and changes " +
    "only the channels: so it is a dense layer, applied at every pixel. Touch it and see.",
  channel: (number: number) => `Channel ${number}`,
  map: (number: number) => `Map ${number}`,
  bias: "Bias",
  reset: "Reset",

  mix: {
    title: "Mix the channels of a pixel",
    idea:
      "A colour picture is three channel maps. At each pixel a 1×1 convolution multiplies the three values by a 4×3 matrix and adds " +
      "a bias: four new channels. A dense layer does the same to one vector. Both have the same numbers here, so drag a weight " +
      "and watch: both answers move alike.",
    how: "Drag a number (or a line of the network) up or down, or use the arrow keys. Point at a pixel to see its sums.",
    picture: "Picture",
    pictures: { apple: "Apple", sunset: "Sunset", fish: "Fish" } satisfies Record<PictureName, string>,
    pictureLabel: "Pixel of the picture",
    pixelAnswers: (row: number, column: number, answers: readonly string[]) =>
      `row ${row}, column ${column}: the answers are ${answers.join(", ")}`,
    sum: "weights · channels + bias",
    answer: (number: number) => `Answer ${number}`,
    colours: ["Red", "Green", "Blue"],
    channelLabel: (colour: string) => `${colour} channel of the picture`,
    convolution: "1×1 convolution",
    convolutionNote: "weights and bias → 4 maps",
    dense: "Dense layer",
    denseNote: "one pixel in, 4 answers out; called for all 64 pixels",
    convolutionMap: (map: number) => `Map ${map} by the 1×1 convolution`,
    denseMap: (map: number) => `Answer ${map} of the dense layer at every pixel`,
    network:
      "The dense layer as a network: three inputs, four outputs. A line is a weight: the thicker, the larger; dashed if negative.",
    weight: (colour: string, map: number) => `Weight from ${colour} to map ${map}`,
    biasOf: (map: number) => `Bias of map ${map}`,
    sums: (row: number, column: number) => `The pixel in row ${row}, column ${column}, written out`,
    proof: "Largest difference between Conv1x1 and Linear, over all 64 pixels and 4 maps:",
    proofWhy:
      "Computed just now by @pointwise/layers, both with the weights above, in float32. Same weights, same sums, same bits.",
    random: "Random weights",
    legend: "Values in the maps",
  },

  slide: {
    title: "Slide a kernel over many channels",
    idea:
      "A kernel has one slice for each input channel. At each place every slice multiplies what lies under it and adds up the " +
      "products: one pixel of that channel's partial map. The slices' sums and one bias make one pixel of the output map. " +
      "One kernel, one output map: a layer with four output channels has four such kernels.",
    ifOne:
      "With k = 1 a slice is a single number and sees a single pixel: what is summed is a dense layer over the channels, as above.",
    sameSize: (side: number) => `The map stays ${side}×${side}, as the picture.`,
    otherSize: (side: number, out: number) =>
      `The map has another size than the picture: ${out}×${out} instead of ${side}×${side}.`,
    kernelSize: "Kernel size k",
    channels: "Channels",
    stride: "Stride",
    padding: "Padding",
    speed: "Speed",
    perSecond: (places: number) => `${places} a second`,
    place: "Place",
    placeOf: (place: number, places: number) => `${place} of ${places}`,
    play: "Play",
    pause: "Pause",
    back: "Step back",
    forward: "Step",
    newNumbers: "New numbers",
    window: "Window",
    slice: "Kernel slice",
    products: "Products",
    partial: "Partial map",
    inputLabel: (channel: number) => `Channel ${channel} of the picture, with the window on it`,
    partialLabel: (channel: number) => `Partial map of channel ${channel}`,
    sumOf: (channel: number, sum: string) => `Slice ${channel}: the products add up to ${sum}`,
    spoken: (row: number, column: number, sums: readonly string[], bias: string, total: string) =>
      `Row ${row}, column ${column} of the map. The slices give ${sums.join(", ")}; with the bias ${bias} that is ${total}.`,
    output: "Output map",
    outputSum: "Sum of the slices, plus the bias",
    size: (formula: string, side: number) => `Height and width of the map: ${formula} = ${side}.`,
    check: "Largest difference to Conv2d of @pointwise/layers, over the whole map:",
  },

  count: {
    title: "Count what it costs",
    idea:
      "A convolution's weights do not depend on height and width: it uses the same ones at every pixel. A dense layer over the " +
      "flattened map has a weight for each pixel of each channel.",
    height: "Height",
    width: "Width",
    inChannels: "Input channels",
    outChannels: "Output channels",
    kernelSize: "k of the k×k convolution",
    parameters: "Parameters",
    macs: "Multiply-accumulate operations (MACs) for one picture",
    scale: "All bars of a chart have one scale that starts at 0.",
    layers: {
      conv1x1: () => "1×1 convolution",
      denseOverChannels: () => "Dense layer over the channels, at every pixel",
      convKxK: (k: number) => `${k}×${k} convolution`,
      denseOverMap: () => "Dense layer over the flattened map",
    } satisfies Record<LayerKind, (k: number) => string>,
    formulas: {
      conv1x1: "1·1·Cin·Cout + Cout",
      denseOverChannels: "Cin·Cout + Cout",
      convKxK: "kH·kW·Cin·Cout + Cout",
      denseOverMap: "H·W·Cin·Cout + Cout",
    } satisfies Record<LayerKind, string>,
    macsFormulas: {
      conv1x1: "H·W·Cin·Cout",
      denseOverChannels: "H·W·Cin·Cout",
      convKxK: "H·W·kH·kW·Cin·Cout",
      denseOverMap: "H·W·Cin·Cout",
    } satisfies Record<LayerKind, string>,
    times: (times: string) => `${times}×`,
    same: "The 1×1 convolution has exactly as many weights as the dense layer over the channels: it is that layer.",
    saving: (times: string) =>
      `The dense layer over the flattened map has ${times} times the weights (height times width), yet needs just as many MACs: the ` +
      "convolution saves memory, not arithmetic, since it uses each weight at every pixel.",
    savingNone: "On a map of one pixel all three are the same layer: nothing is saved.",
    answers: (outputs: string) =>
      `The convolution answers at every pixel; averaged over the map (global average pooling, no parameters) that is ${outputs} ` +
      "numbers, as many as the dense layer gives.",
    mapToMap: (parameters: string) =>
      `A dense layer that is to give a whole map as the convolution does would need ${parameters} parameters.`,
  },
};

export type LabText = typeof en;
