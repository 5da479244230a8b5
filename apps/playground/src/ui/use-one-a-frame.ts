import { useEffect, useState } from "preact/hooks";

/** From 1 to `most`, one more each frame: all parts of a view at once would make one long frame, also for a training that goes on meanwhile. */
export function useOneAFrame(most: number): number {
  const [shown, setShown] = useState(1);
  useEffect(() => {
    if (shown >= most) return;
    const frame = requestAnimationFrame(() => setShown(shown + 1));
    return () => cancelAnimationFrame(frame);
  }, [shown, most]);
  return shown;
}
