import { type Draw, pick } from "./draw.ts";

type Damage = (bytes: Uint8Array, at: number, draw: Draw) => Uint8Array;

/** The bytes with one to three places damaged, as a disk, a bad download or an attacker would. */
export function damage(bytes: Uint8Array, draw: Draw): Uint8Array {
  let out = bytes;
  for (let left = draw(3) + 1; left > 0; left--) {
    // Half of the places are at the beginning, where headers are.
    const at = draw(2) === 0 ? draw(Math.min(out.length, 64) + 1) : draw(out.length + 1);
    out = pick(damages, draw)(out, at, draw);
  }
  return out;
}

const damages: readonly Damage[] = [
  flipBits,
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, draw) => overwrite(bytes, at, extremeNumber(draw)),
  (bytes, at, draw) =>
    overwrite(
      bytes,
      at,
      Uint8Array.from({ length: draw(16) }, () => draw(256)),
    ),
  (bytes, at, draw) =>
    insert(
      bytes,
      at,
      Uint8Array.from({ length: draw(64) }, () => draw(256)),
    ),
  (bytes, at, draw) => insert(bytes, at, bytes.slice(at, at + draw(64))),
  (bytes, at, draw) => insert(bytes, at, repeat(bytes.slice(at, at + 1 + draw(64)), draw(200))),
  (bytes, at, draw) => insert(bytes, at, encode(pick(texts, draw))),
  (bytes, at, draw) => insert(bytes, at, repeat(encode(pick(openings, draw)), 10 ** draw(5))),
  changeText,
];

function flipBits(bytes: Uint8Array, at: number, draw: Draw): Uint8Array {
  const out = Uint8Array.from(bytes);
  if (at < out.length) out[at]! ^= 1 + draw(255);
  return out;
}

/** A length, or another number, of 1, 2, 4 or 8 bytes in either order: the least, the largest, or a large one. */
function extremeNumber(draw: Draw): Uint8Array {
  const out = new Uint8Array(pick([1, 2, 4, 8], draw)).fill(pick([0, 0xff], draw));
  out[pick([0, out.length - 1], draw)] = pick([0, 1, 0x7f, 0x80, 0xff], draw);
  return out;
}

/** Another number for one in digits, or another word for one. */
function changeText(bytes: Uint8Array, from: number, draw: Draw): Uint8Array {
  const [first, last, others] = pick([[0x30, 0x39, numbers] as const, [0x61, 0x7a, texts] as const], draw);
  const isIn = (byte: number | undefined) => byte !== undefined && byte >= first && byte <= last;
  let start = from;
  while (start < bytes.length && !isIn(bytes[start])) start++;
  let end = start;
  while (isIn(bytes[end])) end++;
  return joinBytes(bytes.subarray(0, start), encode(pick(others, draw)), bytes.subarray(end));
}

function overwrite(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  const out = Uint8Array.from(bytes);
  out.set(part.subarray(0, out.length - at), at);
  return out;
}

function insert(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  return joinBytes(bytes.subarray(0, at), part, bytes.subarray(at));
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function repeat(part: Uint8Array, times: number): Uint8Array {
  const out = new Uint8Array(part.length * times);
  for (let at = 0; at < out.length; at += part.length) out.set(part, at);
  return out;
}

const numbers = [
  ...["0", "-1", "1", "65536", "2147483648", "4294967296", "9007199254740991", "9007199254740993"],
  // Deeper than the stack, and closed as it should be.
  ...["[".repeat(10_000) + "]".repeat(10_000), `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
  ...["18446744073709551616", "1e308", "1e999", "-0", "0.5", "1e-400"],
];
const texts = [
  "__proto__",
  "constructor",
  "toString",
  "../../x",
  "",
  "null",
  "nan",
  '"',
  "\n",
  ",",
  "\u0000",
  "\u{1F600}",
];
/** What begins something in JSON, in NumPy's headers, and in CSV. */
const openings = ["[", '{"a":', "[[", "(", "((1,),", '"', ",", "\n", "{"];

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
