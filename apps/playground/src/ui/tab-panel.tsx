import type { ComponentChildren } from "preact";
import { panelId, tabId } from "./tabs.tsx";

/** What a tab of {@link Tabs} shows. */
export function TabPanel({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div role="tabpanel" id={panelId(name)} aria-labelledby={tabId(name)}>
      {children}
    </div>
  );
}
