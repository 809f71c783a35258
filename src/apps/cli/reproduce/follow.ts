import {
  format,
  gotText,
  type ReproduceEvent,
  type ReproductionResult,
  wantedText,
} from '../../../inside.node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { alignedRows } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { liveViewer } from '../training/live.ts'
import { plainViewer } from '../training/plain.ts'
import type { Viewer } from '../training/viewer.ts'

interface Following {
  readonly terminal: Terminal
  readonly json: boolean
}

/** Shows a reproduction to its end; a miss is a failure. */
export async function followReproduction(
  events: AsyncIterable<ReproduceEvent>,
  { terminal, json }: Following,
): Promise<ExitCode> {
  const show = json ? () => undefined : peopleViewer(terminal)
  let last: ReproduceEvent | undefined
  for await (const event of events) {
    show(event)
    last = event
  }
  if (last?.kind !== 'end') return exitCodes.failed
  if (last.reason === 'interrupted') {
    terminal.say(`stopped; the same line goes on with "${last.path}"`)
    return exitCodes.interrupted
  }
  const { result, path } = last
  if (json) terminal.out(`${JSON.stringify(result, null, 2)}\n`)
  else terminal.tell(resultLines(result, terminal))
  if (!json) terminal.say(`runs and result.json in ${path}`)
  return result.verdict === 'hit' ? exitCodes.done : exitCodes.failed
}

/** Where no line can be redrawn, epochs have one this often. */
const EPOCH_LINE_MS = 10_000

/** Epochs in lines of their own, but not all of them. */
function sparseViewer(terminal: Terminal): Viewer {
  const viewer = plainViewer(terminal)
  let shown = performance.now()
  return {
    show(event) {
      if (event.kind === 'epoch') {
        if (performance.now() - shown < EPOCH_LINE_MS) return
        shown = performance.now()
      }
      viewer.show(event)
    },
    close: viewer.close,
  }
}

/** How each member goes; of its training a line that is redrawn, or one every few seconds. */
function peopleViewer(terminal: Terminal): (event: ReproduceEvent) => void {
  const { dim, bold } = terminal.errStyle
  let viewer: Viewer | undefined
  let warnedOfEngine = false
  return (event) => {
    if (event.kind === 'reproduction')
      terminal.say(
        `${bold(event.id)}, schedule ${event.schedule}: ${format.counted(event.members.length, 'run')} in ${event.path}`,
      )
    else if (event.kind === 'member') {
      terminal.say(`${event.member} ${event.state}`)
      viewer = terminal.live ? liveViewer(terminal) : sparseViewer(terminal)
    } else if (event.kind === 'training') {
      const isOfEngine = event.event.kind === 'warning' && event.event.code.startsWith('engine/')
      // Every member would say it again.
      if (!(isOfEngine && warnedOfEngine)) viewer?.show(event.event)
      warnedOfEngine ||= isOfEngine
      if (event.event.kind === 'end') viewer?.close()
    } else if (event.kind === 'judging') terminal.say(dim(`${event.member} judged …`))
    else if (event.kind === 'judged') {
      const numbers = Object.entries(event.numbers).map(
        ([name, value]) => `${name} ${format.fixed(value, 3)}`,
      )
      terminal.say(`${event.member}: ${numbers.join('  ')}`)
    }
  }
}

function resultLines(
  { id, schedule, results, verdict, seconds, ...at }: ReproductionResult,
  { outStyle: { bold, dim, accent, warn }, outWidth }: Terminal,
): string[] {
  const mark = (hit: boolean) => (hit ? accent('hit') : warn('MISS'))
  const rows = results.map(({ name, wanted, from, got, hit }) => [
    name,
    `${wantedText(wanted)}${from === 'own' ? ' (own)' : ''}`,
    gotText(got, wanted),
    hit ? 'hit' : 'MISS',
  ])
  const [head, ...lines] = alignedRows([['', 'expected', 'got', ''], ...rows], 'wrrk', outWidth())
  return [
    `${bold(id)}, schedule ${schedule}`,
    ...head.map(dim),
    ...lines.flatMap((own, at) => {
      const { note } = results[at]
      const marked = own.map((line) => line.replace(/(hit|MISS)$/, (word) => mark(word === 'hit')))
      return note === undefined ? marked : [...marked, dim(`  ${note}`)]
    }),
    `${mark(verdict === 'hit')} in ${format.duration(seconds)}, ${at.engine}, ${format.counted(at.threads, 'thread')} of ${at.processor}`,
  ]
}
