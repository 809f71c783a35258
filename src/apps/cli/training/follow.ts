import {
  BetavaeError,
  type EndEvent,
  partsOf,
  type RunOnDisk,
  type Training,
  writeReportAfter,
} from '../../../inside.node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { toggle } from '../options.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { sayEnd } from './ending.ts'
import { jsonLine, jsonViewer } from './json.ts'
import { liveViewer } from './live.ts'
import { plainViewer } from './plain.ts'

export const followOptions = {
  'no-report': { ...toggle('do not write report.html at the end'), group: 'Output' },
  json: { ...toggle('print one event a line, as JSON'), group: 'Output' },
}

interface Following {
  readonly terminal: Terminal
  readonly json: boolean
  readonly report: boolean
}

/** Shows a training to its end, and what came of it. */
export async function follow(
  training: Training<RunOnDisk>,
  { terminal, json, report }: Following,
): Promise<ExitCode> {
  const viewer = json ? jsonViewer(terminal) : terminal.live ? liveViewer(terminal) : plainViewer(terminal)
  let end: EndEvent | undefined
  try {
    for await (const event of training) {
      viewer.show(event)
      if (event.kind === 'end') end = event
    }
  } finally {
    viewer.close()
  }
  const run = await training
  const { path } = run.directory
  const page = report && run.reason !== 'interrupted' ? await reportOf(run, terminal) : undefined
  if (json)
    jsonLine(terminal, { ...end, run: path, ...(page?.path === undefined ? {} : { report: page.path }) })
  else await sayEnd(run, end as EndEvent, page?.path, terminal)
  if (run.reason === 'interrupted') return exitCodes.interrupted
  return page?.failed ? exitCodes.failed : exitCodes.done
}

/** A report that fails must not hide that the training did not. */
async function reportOf(run: RunOnDisk, terminal: Terminal): Promise<{ path?: string; failed: boolean }> {
  try {
    return { path: await writeReportAfter(run, { parts: partsOf(run.directory.recipe) }), failed: false }
  } catch (error) {
    if (!(error instanceof BetavaeError)) throw error
    terminal.say(error.message)
    return { failed: true }
  }
}
