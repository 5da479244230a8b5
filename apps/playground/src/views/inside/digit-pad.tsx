import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { centerDigit } from "../../engine/digit/center-digit.ts";
import { isDark } from "../../state/theme.ts";
import { Button } from "../../ui/button.tsx";
import { chosen } from "./state.ts";

/** Of the canvas; strokes are as thick as MNIST's are. */
const side = 168;
const thickness = 15;

type Point = readonly [x: number, y: number];

/** Draw a digit by mouse, pen or finger. It goes to the model as MNIST would have it. */
export function DigitPad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const strokes = useRef<Point[][]>([]);
  const drawing = useRef(false);
  const [isEmpty, setEmpty] = useState(true);
  const dark = isDark.value;
  const draw = () => {
    const context = canvas.current?.getContext("2d", { willReadFrequently: true });
    if (!context) return;
    context.clearRect(0, 0, side, side);
    for (const stroke of strokes.current) drawStroke(context, stroke, dark);
    const rgba = context.getImageData(0, 0, side, side).data;
    const ink = Float32Array.from({ length: side * side }, (_, i) => rgba[4 * i + 3]! / 255);
    const values = centerDigit(ink, side, side);
    if (values) chosen.value = { kind: "drawn", values };
  };
  useLayoutEffect(() => {
    if (strokes.current.length > 0 && chosen.peek().kind === "drawn") draw();
  }, [dark]);
  let frame = 0;
  const drawSoon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  const clear = () => {
    strokes.current = [];
    setEmpty(true);
    canvas.current?.getContext("2d")?.clearRect(0, 0, side, side);
    if (chosen.value.kind === "drawn") chosen.value = { kind: "held-out", number: 0 };
  };
  return (
    <div class="stack">
      <h3>Or draw a digit</h3>
      <canvas
        ref={canvas}
        class="digit-pad"
        width={side}
        height={side}
        role="img"
        aria-label="A place to draw a digit by mouse, pen or finger. Without these, choose a held-out sample above."
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          drawing.current = true;
          strokes.current.push([placeOf(event)]);
          setEmpty(false);
          drawSoon();
        }}
        onPointerMove={(event) => {
          if (!drawing.current) return;
          strokes.current.at(-1)?.push(placeOf(event));
          drawSoon();
        }}
        onPointerUp={() => {
          drawing.current = false;
        }}
        onPointerCancel={() => {
          drawing.current = false;
        }}
      />
      <div class="row">
        <Button onClick={clear} disabled={isEmpty}>
          Clear
        </Button>
      </div>
    </div>
  );
}

function placeOf(event: PointerEvent & { readonly currentTarget: HTMLCanvasElement }): Point {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  return [((event.clientX - left) / width) * side, ((event.clientY - top) / height) * side];
}

function drawStroke(context: CanvasRenderingContext2D, stroke: readonly Point[], dark: boolean): void {
  context.strokeStyle = dark ? "#f0f1f4" : "#14161c";
  context.lineWidth = thickness;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.beginPath();
  const [first, ...rest] = stroke;
  if (!first) return;
  context.moveTo(...first);
  context.lineTo(...first); // a dot, if that is all
  for (const point of rest) context.lineTo(...point);
  context.stroke();
}
