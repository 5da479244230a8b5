import type { LabResult } from "../lab/result.ts";
import { html } from "./html.ts";
import { headlineSection } from "./sections/headline.ts";
import { ideaSection } from "./sections/idea.ts";
import { kernelSection } from "./sections/kernel.ts";
import { mistakesSection } from "./sections/mistakes.ts";
import { mixingSection } from "./sections/mixing.ts";
import { proofSection } from "./sections/proof.ts";
import { reproduceSection } from "./sections/reproduce.ts";
import { searchSection } from "./sections/search.ts";
import { twinsSection } from "./sections/twins.ts";
import { style } from "./style.ts";

/**
 * The lab's report as one page that needs nothing else: the policy in its head forbids the browser to load anything from anywhere.
 */
export function renderReport(result: LabResult): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Pointwise: a 1×1 convolution in a dense layer's place</title>
<style>${style}</style>
</head>
<body>
<main>
${headlineSection(result)}
${ideaSection(result)}
${proofSection(result)}
${twinsSection(result)}
${kernelSection(result)}
${mixingSection(result)}
${searchSection(result)}
${mistakesSection(result)}
${reproduceSection(result)}
</main>
</body>
</html>
`.text;
}
