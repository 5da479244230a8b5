import { useEffect } from "preact/hooks";
import { labText } from "../../../text/lab/index.ts";
import { Button } from "../../../ui/button.tsx";
import { Slider } from "../../../ui/slider.tsx";
import { goTo, isPlaying, lastPlace, pause, placeIndex, placesPerSecond, playOn, togglePlaying } from "./state.ts";

/** Moves the kernel: step by step, by itself, or to any place. */
export function SlidePlayer() {
  const text = labText().slide;
  const [playing, speed, index, last] = [isPlaying.value, placesPerSecond.value, placeIndex.value, lastPlace.value];
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(playOn, 1000 / speed);
    return () => clearInterval(timer);
  }, [playing, speed]);
  useEffect(() => pause, []); // when the view is left
  return (
    <div class="lab-controls">
      <div class="row slide-buttons">
        <Button onClick={() => goTo(index - 1)} disabled={index === 0}>
          {text.back}
        </Button>
        <Button kind="primary" onClick={togglePlaying}>
          {playing ? text.pause : text.play}
        </Button>
        <Button onClick={() => goTo(index + 1)} disabled={index === last}>
          {text.forward}
        </Button>
      </div>
      <Slider
        label={text.place}
        value={index + 1}
        min={1}
        max={last + 1}
        format={(place) => text.placeOf(place, last + 1)}
        onInput={(place) => goTo(place - 1)}
      />
      <Slider
        label={text.speed}
        value={speed}
        min={1}
        max={10}
        format={text.perSecond}
        onInput={(value) => {
          placesPerSecond.value = value;
        }}
      />
    </div>
  );
}
