import { useState } from "preact/hooks";
import { diverging } from "../../ui/color-scale.ts";
import { HeatMap } from "../../ui/heat-map.tsx";
import { moveInMaps, type PlaceInMaps, placeAt } from "./move-in-maps.ts";

interface Props {
  /** [count, height, width] */
  readonly values: Float32Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** What the maps are, for those who do not see them. */
  readonly label: string;
  /** What one of them is called. */
  readonly nameOf: (map: number) => string;
  readonly largest: number;
  /** Of each map, in pixels of the page; the style sheet's unless said. */
  readonly mapWidth?: number | undefined;
}

/** Small maps side by side. The value of a place is shown where the mouse points, or where the arrow keys have gone. */
export function MapGrid({ values, count, height, width, label, nameOf, largest, mapWidth }: Props) {
  const [place, setPlace] = useState<PlaceInMaps>();
  const size = height * width;
  const sizes = { count, height, width };
  const current = place && place.map < count && place.row < height && place.column < width ? place : undefined;
  const index = current ? current.map * size + current.row * width + current.column : 0;
  const text = current
    ? `${nameOf(current.map)}, row ${current.row}, column ${current.column}: ${Number(values[index]!.toPrecision(4))}`
    : "";
  const point = (event: MouseEvent) => {
    const map = (event.target as Element).closest?.("[data-map]"); // what is pointed at in a page is an element
    if (!(map instanceof HTMLElement)) return;
    setPlace(placeAt(map.getBoundingClientRect(), event, Number(map.dataset.map), sizes));
  };
  return (
    <>
      <div
        class={size > 1 ? "maps" : "maps single"}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={count * size - 1}
        aria-valuenow={index}
        aria-valuetext={text === "" ? "Arrow keys go to a place, page up and down to another map" : text}
        onMouseMove={point}
        onClick={point}
        onFocus={() => setPlace(current ?? { map: 0, row: 0, column: 0 })}
        onKeyDown={(event) => {
          const next = moveInMaps(current ?? { map: 0, row: 0, column: 0 }, event.key, sizes);
          if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          setPlace(next);
        }}
      >
        {Array.from({ length: count }, (_, map) => (
          <div key={map} data-map={map} class={current?.map === map ? "map chosen" : "map"} style={{ width: mapWidth }}>
            <HeatMap
              values={values.subarray(map * size, (map + 1) * size)}
              height={height}
              width={width}
              label={nameOf(map)}
              scale={diverging}
              largest={largest}
            />
            {current?.map === map && size > 1 && (
              <span
                class="map-place"
                style={{
                  left: `${(100 * current.column) / width}%`,
                  top: `${(100 * current.row) / height}%`,
                  width: `${100 / width}%`,
                  height: `${100 / height}%`,
                }}
              />
            )}
          </div>
        ))}
      </div>
      <p class="map-value muted">{text}</p>
    </>
  );
}
