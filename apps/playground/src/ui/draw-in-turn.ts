/** A browser takes up to half a millisecond for each canvas that changed in a frame, however small. */
const mostInFrame = 10;

const waiting = new Map<HTMLCanvasElement, () => void>();

/** Draws on a canvas in one of the next frames, a few canvases in each, so that many at once make no long one. @returns what calls it off */
export function drawInTurn(canvas: HTMLCanvasElement, draw: () => void): () => void {
  if (waiting.size === 0) requestAnimationFrame(drawSome);
  waiting.delete(canvas); // it goes to the end
  waiting.set(canvas, draw);
  return () => {
    if (waiting.get(canvas) === draw) waiting.delete(canvas);
  };
}

function drawSome(): void {
  for (const [canvas, draw] of [...waiting].slice(0, mostInFrame)) {
    waiting.delete(canvas);
    draw();
  }
  if (waiting.size > 0) requestAnimationFrame(drawSome);
}
