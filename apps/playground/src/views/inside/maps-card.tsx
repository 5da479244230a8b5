import { experiment } from "../../state/experiment.ts";
import { useOneAFrame } from "../../ui/use-one-a-frame.ts";
import { LayerItem } from "./layer-item.tsx";
import { SignLegend } from "./sign-legend.tsx";
import { isPlane, planeMaps, seen } from "./state.ts";

/** What each layer gives for the sample; of points, what each neuron gives for every place of the plane. */
export function MapsCard() {
  const layers = isPlane.value ? planeMaps.value : seen.value?.layers;
  const { blocks } = experiment.value;
  const shown = useOneAFrame(layers?.length ?? 0);
  if (!layers || layers.length !== blocks.length) return null;
  return (
    <section class="card stack inside-maps" aria-labelledby="maps-title">
      <h2 id="maps-title">{isPlane.value ? "Each neuron over the plane" : "What each layer makes of it"}</h2>
      <p class="muted">
        {isPlane.value
          ? "A point is no picture, and has no feature maps. So each map shows a neuron at every place of the plane that the points lie in."
          : "Point at a place for its value, or go there by the arrow keys. Each layer has a scale of its own."}
      </p>
      <SignLegend />
      {layers.slice(0, shown).map((layer, i) => (
        <LayerItem key={i} index={i} kind={blocks[i]!.kind} layer={layer} />
      ))}
    </section>
  );
}
