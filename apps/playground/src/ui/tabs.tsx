interface Props<T extends string> {
  /** For screen readers. */
  readonly label: string;
  readonly tabs: readonly { readonly name: T; readonly title: string }[];
  readonly chosen: T;
  readonly onChoose: (name: T) => void;
}

/** Tabs as the ARIA practices have them: one is in the tab order, arrows, Home and End go to the others. The panel is {@link TabPanel}. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose }: Props<T>) {
  const at = tabs.findIndex(({ name }) => name === chosen);
  const go = (event: KeyboardEvent) => {
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[to % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.name);
    document.getElementById(tabId(next.name))?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={go}>
      {tabs.map(({ name, title }) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={tabId(name)}
          aria-controls={panelId(name)}
          aria-selected={name === chosen}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => onChoose(name)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

export const tabId = (name: string) => `tab-${name}`;
export const panelId = (name: string) => `panel-${name}`;
