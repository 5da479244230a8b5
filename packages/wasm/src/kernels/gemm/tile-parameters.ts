/** What a tile's kernel is called with: byte addresses and offsets. */
export const tileParameters = {
  params: [
    "i32", // the tile's first row of A
    "i32", // its first column of B
    "i32", // its place in C
    "i32", // how far the column is from the first, in bytes: for operands with one value a column
    "i32", // how far the row is from the first, times 4: for operands with one value a row
    "i32", // how far an operand of C's size lies beyond C
  ],
} as const;
