import {
  BetavaeError,
  type EndEvent,
  format,
  type RunOnDisk,
  summaryOf,
  type Training,
  type WarningEvent,
  writeReport,
} from '../../../node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { toggle } from '../options.ts'
import { aligned } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { jsonLine, jsonViewer } from './json.ts'
import { liveViewer } from './live.ts'
import { plainViewer } from './plain.ts'
import { nats } from './words.ts'

export const followOptions = {
  'no-report': { ...toggle('do not write report.html at the end'), group: 'Output' },
  json: { ...toggle('print one event a line, as JSON'), group: 'Output' },
}

interface Following {
  readonly terminal: Terminal
  readonly json: boolean
  readonly report: boolean
  readonly warnings?: readonly WarningEvent[]
}

/** Shows a training to its end, and what came of it. */
export async function follow(
  training: Training<RunOnDisk>,
  { terminal, json, report, warnings = [] }: Following,
): Promise<ExitCode> {
  const viewer = json ? jsonViewer(terminal) : terminal.live ? liveViewer(terminal) : plainViewer(terminal)
  let end: EndEvent | undefined
  try {
    for (const warning of warnings) viewer.show(warning)
    for await (const event of training) {
      viewer.show(event)
      if (event.kind === 'end') end = event
    }
  } finally {
    viewer.close()
  }
  const run = await training
  const { path } = run.directory
  const page = report && run.reason !== 'interrupted' ? await reportOf(path, terminal) : undefined
  if (json)
    jsonLine(terminal, { ...end, run: path, ...(page?.path === undefined ? {} : { report: page.path }) })
  else await sayEnd(run, end as EndEvent, page?.path, terminal)
  if (run.reason === 'interrupted') return exitCodes.interrupted
  return page?.failed ? exitCodes.failed : exitCodes.done
}

/** A report that fails must not hide that the training did not. */
async function reportOf(path: string, terminal: Terminal): Promise<{ path?: string; failed: boolean }> {
  try {
    return { path: await writeReport(path), failed: false }
  } catch (error) {
    if (!(error instanceof BetavaeError)) throw error
    terminal.say(error.message)
    return { failed: true }
  }
}

async function sayEnd(
  { directory, reason }: RunOnDisk,
  end: EndEvent,
  page: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const { bold } = terminal.errStyle
  const { path } = directory
  if (reason === 'interrupted') {
    terminal.say(`stopped after step ${format.whole(end.step)}; a checkpoint is kept`)
    terminal.say(`go on with: ${bold(`betavae resume ${path}`)}`)
    return
  }
  const events = await directory.events()
  const { metrics } = summaryOf(directory.recipe, events)
  const validated = events.some((event) => event.kind === 'epoch' && event.validation)
  const stop =
    reason === 'early-stop'
      ? `stopped early, best after ${format.counted(end.bestEpoch ?? 0, 'epoch')}`
      : 'done'
  terminal.say(
    `${bold(stop)}: ${format.counted(end.step, 'step')}, ${format.counted(end.epoch, 'epoch')}, ${format.duration(end.seconds)}`,
  )
  const rows = [
    ...(metrics
      ? [
          [
            validated ? 'validation' : 'last epoch',
            ...(metrics.elbo === null ? [] : [`ELBO ${nats(metrics.elbo)}`]),
            `reconstruction ${nats(metrics.reconstruction)}`,
            ...(metrics.kl === null ? [] : [`KL ${nats(metrics.kl)}`]),
            'nats',
          ],
        ]
      : []),
  ].map(([title, ...words]) => [title, words.join('  ')])
  for (const line of aligned(
    [...rows, ['run', path], ...(page === undefined ? [] : [['report', page]])],
    'll',
  ))
    terminal.say(line)
  sayNext(path, { page, stochastic: metrics?.kl != null }, terminal)
  if (!terminal.outIsTerminal) terminal.out(`${path}\n`)
}

function sayNext(
  path: string,
  { page, stochastic }: { readonly page: string | undefined; readonly stochastic: boolean },
  { say, errStyle: { bold, dim } }: Terminal,
): void {
  const next = [
    [`betavae evaluate ${path}${stochastic ? ' --nll 100' : ''}`, 'what it is worth on held-out data'],
    [`betavae traverse ${path} --out traverse.png`, 'what each code dimension does'],
    stochastic
      ? [`betavae sample ${path} --out samples.png`, 'new examples']
      : [`betavae reconstruct ${path} --out pairs.png`, 'what it keeps of an example'],
    ...(page === undefined ? [[`betavae report ${path}`, 'a page with curves and pictures']] : []),
  ]
  say(bold('next'))
  const lead = Math.max(...next.map(([line]) => line.length))
  for (const [line, purpose] of next) say(`  ${line.padEnd(lead)}  ${dim(purpose)}`)
}
