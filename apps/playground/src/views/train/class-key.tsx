import { classColors } from "../../ui/color-scale.ts";

export function ClassKey({ classes }: { readonly classes: readonly string[] }) {
  return (
    <ul class="class-key">
      {classes.map((name, i) => (
        <li key={name}>
          <span class="class-dot" style={{ background: classColors[i % classColors.length] }} /> {name}
        </li>
      ))}
    </ul>
  );
}
