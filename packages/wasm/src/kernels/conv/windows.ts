import { type ConvSpec, convAxes } from "./conv-spec.ts";
import { windowAxis } from "./plane-axis.ts";
import { Planes } from "./planes.ts";
import type { TapTable } from "./tap-table.ts";

/** A picture seen through windows: the planes it is copied to, and the places there that the weights of one map meet. */
export function windowsOf(spec: ConvSpec): { planes: Planes; taps: TapTable } {
  const [vertical, horizontal] = convAxes(spec);
  const [rows, columns] = [windowAxis(vertical), windowAxis(horizontal)];
  const planes = new Planes(spec.channels, rows.planes, columns.planes, spec.outWidth);
  const offsets = rows.taps.flatMap((row) =>
    columns.taps.map((column) => planes.offset(row.plane, row.place, column.plane, column.place)),
  );
  return { planes, taps: { channels: spec.channels / spec.groups, channelStride: planes.channelStride, offsets } };
}
