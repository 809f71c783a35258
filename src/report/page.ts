import { htmlDocument } from './document.ts'
import { html } from './html.ts'
import type { ReportInput } from './input.ts'
import { codeSection } from './sections/code.ts'
import { diagnosisSection } from './sections/diagnosis.ts'
import { disentanglementSection } from './sections/disentanglement.ts'
import { headerSection } from './sections/header.ts'
import { headlineSection } from './sections/headline.ts'
import { likelihoodSection } from './sections/likelihood.ts'
import { madeSections } from './sections/made.ts'
import { objectiveSection } from './sections/objective.ts'
import { repeatSection } from './sections/repeat.ts'
import { trainingSection } from './sections/training.ts'

/** The report as one HTML document that opens offline; reads without its script. */
export const reportPage = (input: ReportInput): string =>
  htmlDocument({
    title: `${input.title} · betavae report`,
    body: html`${headerSection(input)}
${headlineSection(input)}
${diagnosisSection(input)}
${trainingSection(input)}
${madeSections(input)}
${codeSection(input)}
${likelihoodSection(input)}
${disentanglementSection(input)}
${objectiveSection(input)}
${repeatSection(input)}`,
  })
