import {
  commandLine,
  format,
  type Ranking,
  rankingRecords,
  type SearchEvent,
  settingsIn,
  shownIn,
} from '../../../inside.node.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { printRecords } from '../terminal/records.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { jsonLine } from '../training/json.ts'

interface Following {
  readonly terminal: Terminal
  readonly json: boolean
}

/** Shows a sweep over options to its end: a line for every rung of a member, then the table, the best first. */
export async function followSearch(
  events: AsyncIterable<SearchEvent>,
  { terminal, json }: Following,
): Promise<ExitCode> {
  const show = json ? (event: SearchEvent) => jsonLine(terminal, event) : peopleViewer(terminal)
  let last: SearchEvent | undefined
  for await (const event of events) {
    show(event)
    last = event
  }
  if (last?.kind !== 'end') return exitCodes.failed
  if (last.reason === 'interrupted') {
    if (!json)
      terminal.say(`stopped; go on with: ${terminal.errStyle.bold(commandLine('resume', last.path))}`)
    return exitCodes.interrupted
  }
  const { ranking, report, path } = last
  if (!json) {
    await printRanking(ranking, terminal)
    const { taken, all } = ranking.steps
    terminal.say(
      `${format.wholeNumber(taken)} of ${format.wholeNumber(all)} steps (${Math.round((100 * taken) / all)}%); sweep ${path}, its page ${report}`,
    )
  }
  return ranking.members.some(({ measures }) => measures === null) ? exitCodes.failed : exitCodes.done
}

function peopleViewer(terminal: Terminal): (event: SearchEvent) => void {
  const { dim, warn } = terminal.errStyle
  let shown = ''
  let rungs = 1
  return (event) => {
    if (event.kind === 'search') {
      shown = event.shown
      rungs = event.rungs
      terminal.say(
        `sweep ${event.path}: ${format.counted(event.members.length, 'member')}, judged on the ${event.split} split`,
      )
    } else if (event.kind === 'warning') terminal.say(`${warn('warning')} ${event.message} [${event.code}]`)
    else if (event.kind === 'climbed') {
      const rung =
        rungs > 1 ? dim(`rung ${event.rung + 1}/${rungs}, ${format.wholeNumber(event.step)} steps `) : ''
      terminal.say(`${rung}${event.member}: ${shown} ${format.fixed(event.measures[shown])}`)
    } else if (event.kind === 'failed') terminal.say(`${event.member}: ${warn('failed')}: ${event.reason}`)
  }
}

/** The members, the best first: on a terminal what tells them apart, else CSV with every number. */
function printRanking(ranking: Ranking, terminal: Terminal): Promise<void> {
  const [settings, shown] = [settingsIn(ranking), shownIn(ranking)]
  return printRecords(
    terminal,
    () => ({
      rows: [
        ['', ...settings, 'steps', ...shown],
        ...ranking.members.map(({ settings: own, step, measures }, at) => [
          String(at + 1),
          ...settings.map((key) => own[key] ?? ''),
          format.wholeNumber(step),
          ...shown.map((key) => (measures?.[key] === undefined ? '' : format.fixed(measures[key], 3))),
        ]),
      ],
      sides: ['r', ...settings.map(() => 'l'), 'r', ...shown.map(() => 'r')].join(''),
      paint: (line, at) => (at === 1 ? terminal.outStyle.accent(line) : line),
    }),
    () => rankingRecords(ranking),
  )
}
