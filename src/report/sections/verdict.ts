import { commandLine } from '../../base/shell-word.ts'
import { diagnose } from '../../runs/diagnosis/diagnose.ts'
import type { Finding, TrainingOptions } from '../../runs/diagnosis/finding.ts'
import { mendingCommand, mendingWords } from '../../runs/diagnosis/mending-command.ts'
import { waysIn } from '../../runs/diagnosis/remedy.ts'
import { startOf } from '../curves.ts'
import { counted, duration } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'

/** Epochs that say enough of most trainings. */
const ENOUGH = 10

/** What happened, and what to do next: a sentence each, by the diagnosis of the run. */
export function verdict(input: ReportInput): Markup {
  const { healthy, early, findings } = diagnose(input)
  const [worst] = findings
  const outcome = early
    ? 'this model has trained too little to tell how it fares'
    : healthy
      ? `this model is healthy${worst ? `, though ${worst.gist}` : ''}`
      : `this model has ${findings.length > 1 ? 'something' : 'one thing'} to mend: ${worst.gist}`
  const trained = howTrained(input)
  return html`<p class="lede verdict">${
    trained === undefined ? 'No log tells how this model was trained.' : `${trained}, ${outcome}.`
  } ${nextStep(input, worst, early)}</p>`
}

function howTrained({ events }: ReportInput): string | undefined {
  const start = startOf(events)
  const end = events.findLast((event) => event.kind === 'end')
  const epoch = events.findLast((event) => event.kind === 'epoch')
  const steps = end?.step ?? epoch?.step
  if (!start || steps === undefined) return undefined
  const epochs = Math.max(1, Math.round(steps / start.stepsPerEpoch))
  // A log keeps the time of its last stretch alone.
  const time = end && start.step === 0 ? ` in ${duration(end.seconds)}` : ''
  const length = `${counted(start.examples.train, 'example')} for ${counted(epochs, 'epoch')} (${counted(steps, 'step')})${time}`
  if (end?.reason === 'interrupted') return `Trained on ${length} and interrupted`
  if (end?.reason === 'early-stop')
    return `Trained on ${length}, until held-out examples gained no more after epoch ${end.bestEpoch}`
  // That the last one is kept goes without saying.
  const best = end?.bestEpoch === epochs ? undefined : end?.bestEpoch
  return `Trained on ${length}${best ? `, of which epoch ${best} was best on validation and is kept` : ''}`
}

function nextStep(input: ReportInput, worst: Finding | undefined, early: boolean): Markup {
  const { place, events, recipe } = input
  const end = events.findLast((event) => event.kind === 'end')
  if (end?.reason === 'interrupted')
    return place === undefined ? html`It can be resumed.` : html`To go on: ${typed('resume', place)}.`
  if (early && startOf(events)) return html`Train for longer: ${again(input, { epochs: ENOUGH })}.`
  if (worst) {
    const words = mendingWords(worst)
    const isNote = worst.severity === 'note'
    const lead =
      isNote && words.startsWith('if ')
        ? `I${words.slice(1)}`
        : `${isNote ? 'If that matters' : 'To mend it'}, ${words}`
    return worst.mend ? html`${lead}: ${again(input, worst.mend)}.` : html`${lead}.`
  }
  if (place === undefined) return html`What it makes of the data and of its code stands below.`
  if (recipe.data.table)
    return html`Next, see which rows it finds unusual: ${typed('score', place, recipe.data.source, '--top', '10')}.`
  return html`Next, watch what each dimension of its code does: ${typed('traverse', place, '--out', 'traverse.gif')}.`
}

/** The ways to mend a finding, the best first. */
export const waysOf = ({ remedy }: Finding): readonly string[] => waysIn(remedy)

const typed = (...words: readonly string[]): Markup => html`<code>${commandLine(...words)}</code>`

/** The training once more with other options; of a run that is on no disk the options alone. */
const again = ({ place }: ReportInput, options: TrainingOptions): Markup =>
  html`<code>${place === undefined ? mendingCommand('', options).replace(/^.*recipe.json /, '') : mendingCommand(place, options)}</code>`
