interface Props {
  /** Of the upper left cell. */
  readonly row: number;
  readonly column: number;
  /** How many cells it is wide and high. */
  readonly size: number;
  /** The side of a cell in CSS pixels. */
  readonly cell: number;
}

/** A frame around some cells of a grid, which glides from place to place. */
export function GridFrame({ row, column, size, cell }: Props) {
  return (
    <div
      class="grid-frame"
      style={{
        width: `${size * cell}px`,
        height: `${size * cell}px`,
        transform: `translate(${column * cell}px, ${row * cell}px)`,
      }}
    />
  );
}
