import { chooseTheme, theme, themes } from "../state/theme.ts";
import { frameText } from "../text/frame.ts";

export function ThemeSwitch() {
  const text = frameText();
  return (
    <select
      class="button"
      aria-label={text.theme}
      value={theme.value}
      onChange={(event) => {
        const chosen = themes.find((name) => name === event.currentTarget.value);
        if (chosen) chooseTheme(chosen);
      }}
    >
      {themes.map((name) => (
        <option key={name} value={name}>
          {text.themes[name]}
        </option>
      ))}
    </select>
  );
}
