import {
  type EndEvent,
  format,
  type RunDirectory,
  type SplitMetrics,
  summaryOf,
} from '../../../inside.node.ts'
import { aligned } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { nats } from './words.ts'

/** Says what a training came to, where it is, and what to type next. */
export async function sayEnd(
  { path, recipe, events }: RunDirectory,
  end: EndEvent,
  page: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const { bold } = terminal.errStyle
  if (end.reason === 'interrupted') {
    terminal.say(`stopped after step ${format.whole(end.step)}; a checkpoint is kept`)
    terminal.say(`go on with: ${bold(`betavae resume ${path}`)}`)
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
  for (const line of aligned(rows, 'll')) terminal.say(line)
  sayNext(path, { page, stochastic: metrics?.kl != null }, terminal)
  if (!terminal.outIsTerminal) terminal.out(`${path}\n`)
}

function headline({ reason, step, epoch, bestEpoch, seconds }: EndEvent): string {
  const spent = `${format.counted(step, 'step')}, ${format.counted(epoch, 'epoch')}, ${format.duration(seconds)}`
  return reason === 'early-stop'
    ? `stopped early, epoch ${bestEpoch} is the best: ${spent}`
    : `done: ${spent}`
}

const metricWords = ({ elbo, reconstruction, kl }: SplitMetrics): string =>
  [
    ...(elbo === null ? [] : [`ELBO ${nats(elbo)}`]),
    `reconstruction ${nats(reconstruction)}`,
    ...(kl === null ? [] : [`KL ${nats(kl)}`]),
    'nats',
  ].join('  ')

function sayNext(
  path: string,
  { page, stochastic }: { readonly page: string | undefined; readonly stochastic: boolean },
  { say, errStyle: { bold, dim } }: Terminal,
): void {
  const next = [
    [`betavae evaluate ${path}${stochastic ? ' --nll 100' : ''}`, 'what it is worth on held-out data'],
    [`betavae traverse ${path} --out traverse.png`, 'what each code dimension does'],
    [`betavae sample ${path} --out samples.png`, 'new examples'],
    ...(page === undefined ? [[`betavae report ${path}`, 'a page with curves and pictures']] : []),
  ]
  say(bold('next'))
  const lead = Math.max(...next.map(([line]) => line.length))
  for (const [line, purpose] of next) say(`  ${line.padEnd(lead)}  ${dim(purpose)}`)
}
