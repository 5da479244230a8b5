import { deflateSync } from "node:zlib";
import { crc32 } from "../../../../packages/formats/src/zip/crc32.ts";
import { damage } from "./damage.ts";
import { type Draw, pick } from "./draw.ts";

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly color: number;
  readonly interlaced: boolean;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A PNG file whose checksums are right, whatever is in it: damage must get past them. */
export function png(
  { width, height, depth, color, interlaced }: Header,
  pixels: Uint8Array,
  palette: Uint8Array,
): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, color, 0, 0, Number(interlaced)], 8);
  return Uint8Array.from([
    ...signature,
    ...chunk("IHDR", header),
    ...(palette.length > 0 ? chunk("PLTE", palette) : []),
    ...chunk("IDAT", pixels),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + body.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, body.length);
  out.set(new TextEncoder().encode(type), 4);
  out.set(body, 8);
  view.setUint32(8 + body.length, crc32(out.subarray(4, 8 + body.length)));
  return out;
}

const grey: Header = { width: 5, height: 4, depth: 8, color: 0, interlaced: false };
const rows = (header: Header, bits: number) =>
  new Uint8Array(header.height * (1 + Math.ceil((header.width * bits) / 8)));

const valid = [
  { header: grey, pixels: rows(grey, 8) },
  { header: { ...grey, depth: 1 }, pixels: rows(grey, 1) },
  { header: { ...grey, depth: 16, color: 2 }, pixels: rows(grey, 48) },
  { header: { ...grey, depth: 4, color: 3 }, pixels: rows(grey, 4) },
  { header: { ...grey, color: 6 }, pixels: rows(grey, 32) },
  { header: { ...grey, interlaced: true, color: 4 }, pixels: new Uint8Array(48) },
];

export const intactPngs = valid.map(({ header, pixels }) =>
  png(header, Uint8Array.from(deflateSync(pixels)), new Uint8Array(header.color === 3 ? 48 : 0)),
);

/** Damage behind the checksums: in the header, the compressed data, the rows or the palette; and bombs. */
export function damagedPng(draw: Draw): Uint8Array {
  const { header, pixels } = pick(valid, draw);
  const palette = Uint8Array.from({ length: pick([0, 3, 48, 47, 900], draw) }, () => draw(256));
  const compressed = Uint8Array.from(deflateSync(pixels));
  switch (draw(5)) {
    case 0: {
      const size = () => pick([0, 1, 5, 300, 5000, 2 ** 16, 2 ** 31, 2 ** 32 - 1], draw);
      const changed = { width: size(), height: size(), depth: pick([0, 1, 2, 3, 8, 16, 255], draw), color: draw(8) };
      return png({ ...changed, interlaced: draw(2) === 0 }, compressed, palette);
    }
    case 1:
      return png(header, damage(compressed, draw), palette);
    case 2:
      return png(header, Uint8Array.from(deflateSync(damage(pixels, draw))), palette);
    case 3: {
      const bomb = Uint8Array.from(deflateSync(new Uint8Array(pick([1e4, 1e5, 1e6], draw))));
      const size = () => pick([5, 100, 1000], draw);
      return png({ ...header, width: size(), height: size(), interlaced: draw(2) === 0 }, bomb, palette);
    }
    default:
      return damage(png(header, compressed, palette), draw);
  }
}
