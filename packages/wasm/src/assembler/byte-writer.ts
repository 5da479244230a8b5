const scratch = new DataView(new ArrayBuffer(8));
const scratchOf4 = new Uint8Array(scratch.buffer, 0, 4);
const scratchOf8 = new Uint8Array(scratch.buffer);
const utf8 = new TextEncoder();
const nothing = new Uint8Array(0);

/** Bytes that grow as they are written. */
export class ByteWriter {
  /** What was written, and room for more. */
  bytes = nothing; // many writers never get a byte
  length = 0;

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count, 256));
    larger.set(this.bytes);
    this.bytes = larger;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Unsigned LEB128. */
  unsigned(value: number): void {
    if (this.length + 5 > this.bytes.length) this.reserve(5);
    let rest = value >>> 0;
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  /** A byte, then an unsigned LEB128, mostly of one byte: most instructions. */
  instruction(opcode: number, argument: number): void {
    if (this.length + 2 > this.bytes.length) this.reserve(2);
    this.bytes[this.length++] = opcode;
    if (argument >= 0 && argument < 0x80) this.bytes[this.length++] = argument;
    else this.unsigned(argument);
  }

  /** Signed LEB128. */
  signed(value: number): void {
    if (this.length + 5 > this.bytes.length) this.reserve(5);
    let rest = value | 0;
    while (rest < -0x40 || rest > 0x3f) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>= 7;
    }
    this.bytes[this.length++] = rest & 0x7f;
  }

  /** The four bytes of a whole number, taken modulo 2³², the lowest first. */
  uint32(value: number): void {
    this.reserve(4);
    const { bytes } = this;
    for (let rest = value, i = 0; i < 4; i++, rest >>= 8) bytes[this.length++] = rest & 0xff;
  }

  float32(value: number): void {
    scratch.setFloat32(0, value, true);
    this.append(scratchOf4);
  }

  float64(value: number): void {
    scratch.setFloat64(0, value, true);
    this.append(scratchOf8);
  }

  append(other: ArrayLike<number>): void {
    this.reserve(other.length);
    this.bytes.set(other, this.length);
    this.length += other.length;
  }

  /** Its length, then its bytes. */
  sized(other: Uint8Array): void {
    this.unsigned(other.length);
    this.append(other);
  }

  text(value: string): void {
    this.sized(utf8.encode(value));
  }

  /** A view of what was written so far. */
  view(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length);
  }
}
