import {
  commandLine,
  diagnose,
  type EndEvent,
  format,
  type RunOnDisk,
  type SplitMetrics,
  summaryOf,
} from '../../../inside.node.ts'
import { type Example, exampleLines } from '../examples.ts'
import { aligned } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { nextSteps } from './next-steps.ts'
import { nats } from './words.ts'

/** Says what a training came to, where it is, and what to type next. */
export async function sayEnd(
  run: RunOnDisk,
  end: EndEvent,
  page: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const { path, recipe, events } = run.directory
  const { bold } = terminal.errStyle
  if (end.reason === 'interrupted') {
    terminal.say(`stopped after step ${format.wholeNumber(end.step)}; a checkpoint is kept`)
    terminal.say(`go on with: ${bold(commandLine('resume', path))}`)
    return
  }
  const log = await events()
  const { metrics } = summaryOf(recipe, log)
  const validated = log.some((event) => event.kind === 'epoch' && event.validation)
  terminal.say(bold(headline(end)))
  const rows = [
    ...(metrics ? [[validated ? 'validation' : 'last epoch', metricWords(metrics)]] : []),
    ['run', path],
    ...(page === undefined ? [] : [['report', page]]),
  ]
  for (const line of aligned(rows, 'kw', terminal.errWidth())) terminal.say(line)
  const known = { hasPage: page !== undefined, isStochastic: metrics?.kl != null }
  sayNext(nextSteps(run, { ...known, diagnosis: diagnose({ recipe, events: log }) }), terminal)
  if (!terminal.outIsTerminal) terminal.out(`${path}\n`)
}

function headline({ reason, step, epoch, bestEpoch, seconds }: EndEvent): string {
  const spent = `${format.counted(step, 'step')}, ${format.counted(epoch, 'epoch')}, ${format.duration(seconds)}`
  return reason === 'early-stop'
    ? `stopped early, epoch ${bestEpoch} is the best: ${spent}`
    : `done: ${spent}${bestEpoch === null ? '' : `; epoch ${bestEpoch}, the best on validation, is kept`}`
}

const metricWords = ({ elbo, reconstruction, kl }: SplitMetrics): string =>
  [
    ...(elbo === null ? [] : [`ELBO ${nats(elbo)}`]),
    `reconstruction ${nats(reconstruction)}`,
    ...(kl === null ? [] : [`KL ${nats(kl)}`]),
    'nats',
  ].join('  ')

function sayNext(next: readonly Example[], { say, errStyle, errWidth }: Terminal): void {
  say(errStyle.bold('next'))
  for (const line of exampleLines(next, errWidth(), errStyle)) say(line)
}
