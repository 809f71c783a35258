import { commandLine, format, type QueueSweepEvent, type SweepEvent } from '../../../inside.node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { jsonLine } from '../training/json.ts'
import { liveViewer } from '../training/live.ts'
import type { Viewer } from '../training/viewer.ts'
import { nats } from '../training/words.ts'
import { printFrontier } from './table.ts'

interface Following {
  readonly terminal: Terminal
  readonly json: boolean
}

/** Shows a sweep to its end: a line for every member, then the table and what it suggests. */
export async function followSweep(
  events: AsyncIterable<QueueSweepEvent>,
  { terminal, json, isQueued = false }: Following & { readonly isQueued?: boolean },
): Promise<ExitCode> {
  const show = json ? (event: QueueSweepEvent) => jsonLine(terminal, event) : peopleViewer(terminal)
  let last: QueueSweepEvent | undefined
  for await (const event of events) {
    show(event)
    last = event
  }
  if (last?.kind === 'joined') return exitCodes.done
  if (last?.kind !== 'end') return exitCodes.failed
  if (last.reason === 'interrupted') {
    const goOn = `go on with: ${terminal.errStyle.bold(commandLine('resume', last.path))}`
    if (!json) terminal.say(`stopped; ${isQueued ? 'go on with the same command' : goOn}`)
    return exitCodes.interrupted
  }
  const { frontier, report, path } = last
  if (!json) {
    await printFrontier(frontier, terminal)
    terminal.say(`sweep ${path}, its page ${report}`)
  }
  return frontier.failed.length > 0 ? exitCodes.failed : exitCodes.done
}

/** Shows the members of a shard; their table comes when all shards are merged. */
export async function followShard(
  events: AsyncIterable<SweepEvent>,
  { terminal, json, signal }: Following & { readonly signal: AbortSignal },
): Promise<ExitCode> {
  const show = json ? (event: SweepEvent) => jsonLine(terminal, event) : peopleViewer(terminal)
  let path = ''
  let failed = 0
  for await (const event of events) {
    show(event)
    if (event.kind === 'sweep') path = event.path
    if (event.kind === 'failed') failed++
  }
  if (signal.aborted) {
    if (!json) terminal.say('stopped; go on with the same command')
    return exitCodes.interrupted
  }
  if (!json) terminal.say(`once all shards are done: ${terminal.errStyle.bold(commandLine('merge', path))}`)
  return failed > 0 ? exitCodes.failed : exitCodes.done
}

/** One line for each member that comes to its end; where a line can be redrawn, how the one at work goes. */
function peopleViewer(terminal: Terminal): (event: QueueSweepEvent) => void {
  const { dim, warn } = terminal.errStyle
  let count = 0
  let over = 0
  const done = (name: string, words: string) => terminal.say(`${dim(`${++over}/${count}`)} ${name}: ${words}`)
  const live = new Map<string, Viewer>()
  const close = (member: string) => {
    live.get(member)?.close()
    live.delete(member)
  }
  return (event) => {
    if (event.kind === 'sweep') {
      count = event.members.length
      terminal.say(
        `sweep ${event.path}: ${format.counted(count, 'member')}, judged on the ${event.split} split`,
      )
    } else if (event.kind === 'joined') {
      terminal.say(`${format.counted(event.members, 'member')} more for the sweep that runs in ${event.path}`)
    } else if (event.kind === 'warning') {
      terminal.say(`${warn('warning')} ${event.message} [${event.code}]`)
    } else if (event.kind === 'member') {
      if (event.state !== 'kept') terminal.say(dim(`${event.member} ${event.state}`))
    } else if (event.kind === 'training') {
      // Of several at once, one has the line that is redrawn.
      if (terminal.live && live.size === 0) live.set(event.member, liveViewer(terminal))
      const viewer = live.get(event.member)
      if (event.event.kind !== 'checkpoint') viewer?.show(event.event)
      if (event.event.kind === 'warning' && !viewer)
        terminal.say(`${warn('warning')} ${event.member}: ${event.event.message} [${event.event.code}]`)
      if (event.event.kind === 'end') close(event.member)
    } else if (event.kind === 'judged') {
      close(event.member)
      const { rate, distortion, elbo } = event.score
      done(event.member, `rate ${nats(rate)}  distortion ${nats(distortion)}  ELBO ${nats(elbo)} nats`)
    } else if (event.kind === 'failed') {
      close(event.member)
      done(event.member, `${warn('failed')}: ${event.reason}`)
    }
  }
}
