import { tab, tabNames } from "./state/tab.ts";
import { frameText } from "./text/frame.ts";
import { LanguageSwitch } from "./ui/language-switch.tsx";
import { TabPanel } from "./ui/tab-panel.tsx";
import { Tabs } from "./ui/tabs.tsx";
import { ThemeSwitch } from "./ui/theme-switch.tsx";
import { InsideView } from "./views/inside/inside-view.tsx";
import { LabView } from "./views/lab/lab-view.tsx";
import { TakeAwayView } from "./views/take-away/take-away-view.tsx";
import { TrainView } from "./views/train/train-view.tsx";

const views = { train: TrainView, lab: LabView, inside: InsideView, "take-away": TakeAwayView };

/** The page's frame. A view is made when its tab is chosen, and gone when another one is: what must last is in `state`. */
export function App() {
  const text = frameText();
  const View = views[tab.value];
  return (
    <div class="frame">
      <header class="frame-header">
        <h1>{text.title}</h1>
        <Tabs
          label={text.views}
          tabs={tabNames.map((name) => ({ name, title: text.tabs[name] }))}
          chosen={tab.value}
          onChoose={(name) => {
            tab.value = name;
          }}
        />
        <div class="switches">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <main>
        <TabPanel name={tab.value}>
          <View />
        </TabPanel>
      </main>
    </div>
  );
}
