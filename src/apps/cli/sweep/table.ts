import { type Frontier, type FrontierPoint, format } from '../../../inside.node.ts'
import { aligned, wrapped } from '../terminal/table.ts'
import type { Style } from '../terminal/terminal.ts'

const WIDTH = 100

/** The frontier by β, what it suggests and why, and the members in their order without labels. */
export function frontierText(frontier: Frontier, style: Style): string {
  const { data, split, count } = frontier
  const title = `${style.bold(`Rate and distortion of ${data}`)}, ${split} split, ${format.counted(count, 'example')}; nats per example`
  return `${[
    title,
    '',
    ...pointLines(frontier, style),
    '',
    ...suggestionLines(frontier, style),
    ...rankingLines(frontier, style),
    ...failureLines(frontier, style),
  ].join('\n')}\n`
}

const columns: readonly { readonly title: string; readonly cell: (point: FrontierPoint) => string }[] = [
  { title: 'β', cell: ({ beta }) => String(beta) },
  { title: 'rate', cell: ({ rate }) => format.fixed(rate.mean) },
  { title: '', cell: ({ rate }) => deviation(rate.standardDeviation) },
  { title: 'bits', cell: ({ rateBits }) => format.fixed(rateBits) },
  { title: 'distortion', cell: ({ distortion }) => format.fixed(distortion.mean) },
  { title: '', cell: ({ distortion }) => deviation(distortion.standardDeviation) },
  { title: 'ELBO', cell: ({ elbo }) => format.fixed(elbo.mean) },
  { title: 'active units', cell: ({ activeUnits }) => format.short(activeUnits) },
  { title: 'UDR', cell: ({ udr }) => (udr === undefined ? '' : format.fixed(udr, 3)) },
  { title: 'MIG', cell: ({ mig }) => (mig === undefined ? '' : format.fixed(mig, 3)) },
]

const deviation = (value: number | undefined): string =>
  value === undefined ? '' : `± ${format.fixed(value)}`

function pointLines({ points, suggestion }: Frontier, { dim, accent }: Style): string[] {
  // A column that nobody fills is left out.
  const shown = columns.filter(({ cell }) => points.some((point) => cell(point) !== ''))
  const rows = points.map((point) => shown.map(({ cell }) => cell(point)))
  const [head, ...lines] = aligned([shown.map(({ title }) => title), ...rows], 'r'.repeat(shown.length))
  return [
    dim(head),
    ...lines.map((line, i) => (points[i].beta === suggestion.beta?.value ? accent(line) : line)),
  ]
}

function suggestionLines({ suggestion, monotone }: Frontier, { bold, warn }: Style): string[] {
  const { beta, capacity, likelihood, missing } = suggestion
  const said = (title: string, reason: string) => {
    const [first, ...rest] = wrapped(`${title}: ${reason}`, WIDTH, 2)
    return [first.replace(title, bold(title)), ...rest]
  }
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

function rankingLines({ ranking, members }: Frontier, { bold, dim }: Style): string[] {
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
  const [head, ...lines] = aligned([['', 'member', 'UDR', 'informative', 'ELBO'], ...rows], 'rlrrr')
  return [
    '',
    `${bold('Agreement with other seeds')}, without labels; ${format.counted(ranking.rows, 'example')}`,
    dim(head),
    ...lines,
  ]
}

const failureLines = ({ failed }: Frontier, { warn }: Style): string[] =>
  failed.length === 0 ? [] : ['', ...failed.map(({ name, reason }) => `${warn('failed')} ${name}: ${reason}`)]
