import type { Confidence } from '../../statistics/confidence.ts'
import type { Frontier, FrontierMember } from '../../sweep/frontier.ts'
import type { FrontierPoint } from '../../sweep/point.ts'
import { fixed, short } from '../format.ts'
import { html, type Markup } from '../html.ts'

interface Column<Row> {
  readonly name: string
  readonly cell: (row: Row) => string
}

/** A line for each β. */
export const pointTable = ({ points }: Frontier): Markup =>
  table(points, 'β', ({ beta }) => short(beta), [
    { name: 'Rate, nats', cell: ({ rate }) => spread(rate) },
    { name: 'Rate, bits', cell: ({ rateBits }) => fixed(rateBits) },
    { name: 'Distortion, nats', cell: ({ distortion }) => spread(distortion) },
    { name: 'ELBO, nats', cell: ({ elbo }) => spread(elbo) },
    { name: 'Active units', cell: ({ activeUnits }) => short(activeUnits) },
    ...whereKnown<FrontierPoint>(points, 'UDR', ({ udr }) => udr),
    ...whereKnown<FrontierPoint>(points, 'MIG', ({ mig }) => mig),
  ])

/** A line for each member, the best by UDR first where they were ranked. */
export function memberTable({ members, ranking }: Frontier): Markup {
  const place = (name: string) => ranking?.members.indexOf(name) ?? -1
  const rows = ranking ? members.toSorted((a, b) => rankOf(place(a.name)) - rankOf(place(b.name))) : members
  return table(rows, 'Member', ({ name }) => name, [
    { name: 'β', cell: ({ beta }) => short(beta) },
    { name: 'Seed', cell: ({ seed }) => String(seed) },
    { name: 'Rate, nats', cell: ({ rate }) => fixed(rate) },
    { name: 'Distortion, nats', cell: ({ distortion }) => fixed(distortion) },
    { name: 'ELBO, nats', cell: ({ elbo }) => fixed(elbo) },
    { name: 'Active units', cell: ({ activeUnits }) => String(activeUnits) },
    ...(ranking
      ? [{ name: 'Informative', cell: ({ informative }: FrontierMember) => String(informative ?? '–') }]
      : []),
    ...whereKnown<FrontierMember>(rows, 'UDR', ({ udr }) => udr),
    ...whereKnown<FrontierMember>(rows, 'MIG', ({ mig }) => mig),
  ])
}

/** Members that were not ranked come last. */
const rankOf = (place: number): number => (place < 0 ? Number.MAX_SAFE_INTEGER : place)

const spread = ({ mean, standardDeviation }: Confidence): string =>
  standardDeviation === undefined ? fixed(mean) : `${fixed(mean)} ± ${fixed(standardDeviation)}`

const whereKnown = <Row>(
  rows: readonly Row[],
  name: string,
  read: (row: Row) => number | undefined,
): Column<Row>[] =>
  rows.some((row) => read(row) !== undefined) ? [{ name, cell: (row) => fixed(read(row), 3) }] : []

const table = <Row>(
  rows: readonly Row[],
  first: string,
  title: (row: Row) => string,
  columns: readonly Column<Row>[],
): Markup =>
  html`<table class="ledger"><thead><tr><th scope="col">${first}</th>${columns.map(
    ({ name }) => html`<th scope="col" class="entry">${name}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${title(row)}</th>${columns.map(
        ({ name, cell }) => html`<td class="entry" data-name="${name}">${cell(row)}</td>`,
      )}</tr>`,
  )}</tbody></table>`
