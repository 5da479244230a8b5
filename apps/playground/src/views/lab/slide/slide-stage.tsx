import { useLayoutEffect, useRef } from "preact/hooks";
import { SliceRow } from "./slice-row.tsx";
import { SlideTotal } from "./slide-total.tsx";
import { setting, stageWidth } from "./state.ts";

/** One row for each channel, and their sum below. It measures its width, which says how large the cells can be. */
export function SlideStage() {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const measure = () => {
      stageWidth.value = frame.current!.clientWidth;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="slide-frame" ref={frame}>
      {stageWidth.value > 0 && (
        <div class="slide-stage">
          {Array.from({ length: setting.value.channels }, (_, channel) => (
            <SliceRow key={`${channel}`} channel={channel} />
          ))}
          <SlideTotal />
        </div>
      )}
    </div>
  );
}
