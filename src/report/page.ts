import { html, trusted } from './html.ts'
import type { ReportInput } from './input.ts'
import { script } from './script.ts'
import { codeSection } from './sections/code.ts'
import { disentanglementSection } from './sections/disentanglement.ts'
import { headerSection } from './sections/header.ts'
import { headlineSection } from './sections/headline.ts'
import { madeSections } from './sections/made.ts'
import { objectiveSection } from './sections/objective.ts'
import { repeatSection } from './sections/repeat.ts'
import { trainingSection } from './sections/training.ts'
import { style } from './style.ts'

/** Forbids every request: all that the page shows is inside it. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

/** The report as one HTML document that opens offline; reads without its script. */
export const reportPage = (input: ReportInput): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<title>${input.title} · betavae report</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${headerSection(input)}
${headlineSection(input)}
${trainingSection(input)}
${madeSections(input)}
${codeSection(input)}
${disentanglementSection(input)}
${objectiveSection(input)}
${repeatSection(input)}
</main>
<script>${trusted(script)}</script>
</body>
</html>
`.markup
