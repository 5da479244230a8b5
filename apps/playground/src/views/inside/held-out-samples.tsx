import { useEffect, useState } from "preact/hooks";
import type { Judgement } from "../../engine/judge.ts";
import type { DataInfo, Samples } from "../../engine/preview.ts";
import { client } from "../../state/training.ts";
import { formatPercent } from "../../ui/format.ts";
import { SamplePicture } from "./sample-picture.tsx";
import { chosen, insideProblem } from "./state.ts";

interface Props {
  readonly numbers: readonly number[];
  readonly info: DataInfo;
  readonly judged: Judgement;
}

/** Held-out samples: what they are, what they are taken for, and how surely. One that is pressed is looked at. */
export function HeldOutSamples({ numbers, info, judged }: Props) {
  const [found, setFound] = useState<{ readonly samples: Samples; readonly numbers: readonly number[] }>();
  const key = numbers.join();
  useEffect(() => {
    let current = true;
    client.ask("heldOutSamples", { numbers: Int32Array.from(numbers) }).then(
      (samples) => current && setFound({ samples, numbers }),
      (error: Error) => {
        if (current) insideProblem.value = error.message;
      },
    );
    return () => {
      current = false;
    };
  }, [key, info]);
  if (!found || found.numbers.join() !== key) return <ul class="held-out" />;
  const size = found.samples.values.length / Math.max(1, numbers.length);
  return (
    <ul class="held-out">
      {numbers.map((number, i) => {
        const [truth, said] = [info.classes[judged.labels[number]!], info.classes[judged.said[number]!]];
        const what = truth === said ? truth : `${truth} taken for ${said}`;
        const text = `${what}, ${formatPercent(judged.sureness[number]!)} sure`;
        const look = () => {
          chosen.value = { kind: "held-out", number };
          document.getElementById("sample-title")?.scrollIntoView({ block: "nearest" });
        };
        return (
          <li key={number}>
            <button type="button" class="sample-button" onClick={look} title={`Look at held-out sample ${number}`}>
              <SamplePicture values={found.samples.values.subarray(i * size, (i + 1) * size)} info={info} label="" />
              <span>{text}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
