import { render } from "preact";
import { App } from "./app.tsx";
import "./style/index.ts";

render(<App />, document.getElementById("app")!);
