import { type Frontier, type FrontierPoint, format } from '../../../inside.node.ts'
import { measured, printRecords, type ShownRecords } from '../terminal/records.ts'
import { aligned } from '../terminal/table.ts'
import type { Style, Terminal } from '../terminal/terminal.ts'

/**
 * The frontier by β, what it suggests and why, and the members in their order without labels. On a terminal all of it is
 * the result; else the points alone are, as CSV, and the rest is said beside.
 */
export async function printFrontier(frontier: Frontier, terminal: Terminal): Promise<void> {
  const { data, split, count, points } = frontier
  const style = terminal.outIsTerminal ? terminal.outStyle : terminal.errStyle
  const tell = terminal.outIsTerminal
    ? terminal.tell
    : (lines: readonly string[]) => terminal.say(lines.join('\n'))
  tell([
    `${style.bold(`Rate and distortion of ${data}`)}, ${split} split, ${format.counted(count, 'example')}; nats per example`,
    '',
  ])
  await printRecords(
    terminal,
    () => shownPoints(frontier, terminal.outStyle),
    () => ({
      columns: fields.map(({ name }) => name),
      rows: points.map((point) => fields.map(({ of }) => of(point, frontier))),
    }),
  )
  tell([
    ...(terminal.outIsTerminal ? [''] : []),
    ...suggestionLines(frontier, style),
    ...rankingLines(frontier, style, terminal.outIsTerminal ? terminal.outWidth() : terminal.errWidth()),
    ...failureLines(frontier, style),
  ])
}

const fields: readonly {
  readonly name: string
  readonly of: (point: FrontierPoint, frontier: Frontier) => unknown
}[] = [
  { name: 'beta', of: ({ beta }) => beta },
  { name: 'seeds', of: ({ seeds }) => seeds.length },
  { name: 'rate', of: ({ rate }) => measured(rate.mean) },
  { name: 'rate.deviation', of: ({ rate }) => measured(rate.standardDeviation) },
  { name: 'rateBits', of: ({ rateBits }) => measured(rateBits) },
  { name: 'distortion', of: ({ distortion }) => measured(distortion.mean) },
  { name: 'distortion.deviation', of: ({ distortion }) => measured(distortion.standardDeviation) },
  { name: 'elbo', of: ({ elbo }) => measured(elbo.mean) },
  { name: 'activeUnits', of: ({ activeUnits }) => measured(activeUnits) },
  { name: 'udr', of: ({ udr }) => measured(udr) },
  { name: 'mig', of: ({ mig }) => measured(mig) },
  { name: 'suggested', of: ({ beta }, { suggestion }) => beta === suggestion.beta?.value },
]

const columns: readonly {
  readonly title: string
  readonly side?: string
  readonly cell: (point: FrontierPoint) => string
}[] = [
  { title: 'β', cell: ({ beta }) => String(beta) },
  { title: 'rate', cell: ({ rate }) => format.fixed(rate.mean) },
  { title: '', cell: ({ rate }) => deviation(rate.standardDeviation) },
  { title: 'bits', side: 'R', cell: ({ rateBits }) => format.fixed(rateBits) },
  { title: 'distortion', cell: ({ distortion }) => format.fixed(distortion.mean) },
  { title: '', cell: ({ distortion }) => deviation(distortion.standardDeviation) },
  { title: 'ELBO', cell: ({ elbo }) => format.fixed(elbo.mean) },
  { title: 'active units', cell: ({ activeUnits }) => format.short(activeUnits) },
  { title: 'UDR', cell: ({ udr }) => (udr === undefined ? '' : format.fixed(udr, 3)) },
  { title: 'MIG', cell: ({ mig }) => (mig === undefined ? '' : format.fixed(mig, 3)) },
]

const deviation = (value: number | undefined): string =>
  value === undefined ? '' : `± ${format.fixed(value)}`

function shownPoints({ points, suggestion }: Frontier, { accent }: Style): ShownRecords {
  // A column that nobody fills is left out.
  const shown = columns.filter(({ cell }) => points.some((point) => cell(point) !== ''))
  const rows = points.map((point) => shown.map(({ cell }) => cell(point)))
  return {
    rows: [shown.map(({ title }) => title), ...rows],
    sides: shown.map(({ side = 'r' }) => side).join(''),
    paint: (line, at) => (points[at - 1].beta === suggestion.beta?.value ? accent(line) : line),
  }
}

function suggestionLines({ suggestion, monotone }: Frontier, { bold, warn }: Style): string[] {
  const { beta, capacity, likelihood, missing } = suggestion
  const said = (title: string, reason: string) => [`${bold(title)}: ${reason}`]
  return [
    ...(beta ? said(`suggested β = ${beta.value}`, beta.reason) : said('no suggested β', missing ?? '')),
    ...(capacity
      ? [
          ...said(
            `suggested capacity C = ${capacity.value} nats (${format.fixed(capacity.bits)} bits)`,
            capacity.reason,
          ),
          `  ${capacity.options}`,
        ]
      : []),
    ...said(`β of the highest ELBO = ${likelihood.value}`, likelihood.reason),
    ...(monotone.rate && monotone.distortion
      ? []
      : [
          warn(
            'the frontier is not monotone in β: train for longer, or with more seeds, before you trust it',
          ),
        ]),
  ]
}

function rankingLines({ ranking, members }: Frontier, { bold, dim }: Style, width: number): string[] {
  if (!ranking) return []
  const rows = ranking.members.map((name, i) => {
    const member = members.find((one) => one.name === name)
    return [
      String(i + 1),
      name,
      format.fixed(member?.udr, 3),
      String(member?.informative ?? ''),
      format.fixed(member?.elbo),
    ]
  })
  return [
    '',
    `${bold('Agreement with other seeds')}, without labels; ${format.counted(ranking.rows, 'example')}`,
    ...aligned([['', 'member', 'UDR', 'informative', 'ELBO'], ...rows], 'rkrrr', width, (line, at) =>
      at === 0 ? dim(line) : line,
    ),
  ]
}

const failureLines = ({ failed }: Frontier, { warn }: Style): string[] =>
  failed.length === 0 ? [] : ['', ...failed.map(({ name, reason }) => `${warn('failed')} ${name}: ${reason}`)]
