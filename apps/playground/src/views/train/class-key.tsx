import { isDark } from "../../state/theme.ts";
import { classColor } from "../../ui/color-scale.ts";

export function ClassKey({ classes }: { readonly classes: readonly string[] }) {
  return (
    <ul class="class-key">
      {classes.map((name, i) => (
        <li key={name}>
          <span class="class-dot" style={{ background: classColor(i, isDark.value) }} /> {name}
        </li>
      ))}
    </ul>
  );
}
