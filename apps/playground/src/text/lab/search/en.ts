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
  how: "Draw with pointer or finger, about as large as the dashed frame (28 pixels), which is there while the picture is empty. Move a dropped digit by dragging or by the arrow keys (Shift: ten pixels); Delete takes it away.",
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
  heatLater: "The maps are drawn as soon as the classifier has learned something.",
  heatMap: (digit: number) => `Probability of ${digit} at every window`,
  heatNote: (rows: number, columns: number) =>
    `Ten maps of ${rows}×${columns}: one pixel a window. Windows without ink are left blank. The classifier never saw half a digit, and is ` +
    "often sure about one all the same: so a box needs more, a window whose ink lies at its middle with a margin around it, and the best " +
    "centred of those that overlap. A ring marks it on the map of its digit.",
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
