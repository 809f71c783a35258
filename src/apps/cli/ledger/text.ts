/** A ledger as people read it in a terminal. */
import { type BalancedLedger, type Entry, format } from '../../../inside.node.ts'
import { padStart, widthOf } from '../terminal/letters.ts'
import { wrapped } from '../terminal/lines.ts'
import { aligned } from '../terminal/table.ts'
import type { Style } from '../terminal/terminal.ts'
import { nats as large } from '../training/words.ts'

/** Sizes that a reading of β needs. */
export interface Sizes {
  /** Latent dimensions M. */
  readonly latent: number
  /** Numbers in one example, N. */
  readonly dataSize: number
}

interface Sheet {
  readonly style: Style
  /** Columns that there are room for. */
  readonly width: number
}

/** All that a ledger says: formula, β, the values of a training, readings as priors, other names of β. */
export function ledgerLines(ledger: BalancedLedger, sizes: Sizes, { style, width }: Sheet): string[] {
  const { bold } = style
  const blocks = [
    wrapped(ledger.formula, width, 4).map(bold),
    aligned(numbers(ledger, sizes), 'krw', width),
    valuesTable(ledger, style, width),
    ledger.terms.flatMap((line) => termLines(line, style)),
    givenLines(ledger, style),
    conventionLines(ledger, style, width),
  ]
  const filled = blocks.filter((lines) => lines.length > 0)
  return filled.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]))
}

const NONE = 'none'
const shownNumber = (value: number | null): string => (value === null ? NONE : format.short(value))

export const sizesText = ({ latent, dataSize }: Sizes): string =>
  `M = ${latent} latent and N = ${dataSize} data dimensions`

const numbers = (ledger: BalancedLedger, sizes: Sizes): string[][] => [
  ['β', shownNumber(ledger.beta), betaWords(ledger)],
  ['β_norm', shownNumber(ledger.betaNorm), `β·M/N with ${sizesText(sizes)}`],
  ['implied σ²', shownNumber(ledger.impliedVariance), varianceWords(ledger)],
]

function betaWords({ beta, rate }: BalancedLedger): string {
  if (rate === null) return 'no term weighs the KL from posterior to prior'
  return beta === null
    ? `${rate} holds the divergence from the prior at a target, whatever its price`
    : `weight of ${rate}, the divergence from the prior`
}

function varianceWords({ rate, beta, impliedVariance }: BalancedLedger): string {
  if (rate === null || beta === null) return 'there is no weight of the KL to read it from'
  return impliedVariance === null
    ? 'only a Gaussian likelihood whose σ² is given has one'
    : 'variance of the observation for which reconstruction + β · KL is proportional to −ELBO'
}

/** Value, weighted value and share of every part of the loss, at the start and at the end. */
function valuesTable(
  { loss, reconstruction, terms }: BalancedLedger,
  { dim }: Style,
  width: number,
): string[] {
  const times = (['start', 'end'] as const).filter((time) => loss[time])
  if (times.length === 0) return []
  const parts = [
    { name: 'reconstruction', ...reconstruction },
    ...terms.filter(({ start, end }) => start ?? end),
  ]
  const rows = [
    ['nats', ...grouped(times.map(() => ['value', 'weighted', 'share']))],
    ...parts.map((part) => [part.name, ...grouped(times.map((time) => entryCells(part[time])))]),
    ['loss', ...grouped(times.map((time) => ['', nats(loss[time]?.loss ?? Number.NaN), '']))],
  ]
  const [header, ...body] = aligned(rows, 'l'.padEnd(rows[0].length, 'r'), width)
  const titles = times.map((time) => `${time}, ${stepsText(loss[time]?.steps ?? [0, 0])}`)
  const after = loss.end ? [] : [dim('what it ends at is known after training: betavae explain <run>')]
  return [dim(overGroups(titles, header)), dim(header), ...body, ...after]
}

/** The cells of groups one after the other, with an empty column between two groups. */
const grouped = (groups: readonly (readonly string[])[]): string[] =>
  groups.flatMap((cells, i) => (i === 0 ? cells : ['', ...cells]))

/** What would round to nothing keeps its digits. */
const nats = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.005 ? format.short(value) : large(value)

const entryCells = (entry: Entry | null): string[] =>
  entry ? [nats(entry.value), nats(entry.weighted), percent(entry.share)] : ['', '', '']

const percent = (share: number): string => `${format.fixed(100 * share, 1)} %`

const stepsText = ([first, last]: readonly [number, number]): string =>
  first === last
    ? `step ${format.wholeNumber(first)}`
    : `mean of steps ${format.wholeNumber(first)} to ${format.wholeNumber(last)}`

/** Titles that end where their groups of columns end. */
function overGroups(titles: readonly string[], header: string): string {
  const ends = [...header.matchAll(/share/g)].map(({ index }) => index + 'share'.length)
  return titles.reduce(
    (line, title, i) => line + padStart(title, Math.max(ends[i] - widthOf(line), widthOf(title) + 2)),
    '',
  )
}

type Line = BalancedLedger['terms'][number]

const termLines = ({ name, on, weight, reading, opponent }: Line, { bold }: Style): string[] => [
  `${bold(name)}, on the ${on}, weight ${weight}`,
  `  ${reading}`,
  ...(opponent ? [`  ${opponent.words}`] : []),
]

const givenLines = ({ given = [] }: BalancedLedger, { bold }: Style): string[] => [
  ...given.map(({ name, words }) => `${bold(name)}, given: ${words}`),
  ...(given.length > 0 ? ['  every density is given it: −ELBO is a bound on −log p(x|c)'] : []),
]

function conventionLines(
  { beta, impliedVariance, conventions }: BalancedLedger,
  { bold, dim }: Style,
  width: number,
): string[] {
  const others = conventions.filter(({ name }) => name !== 'beta')
  if (beta === null || others.length === 0) return []
  const rows = others.map(({ name, value, formula }) => [`  ${name}`, format.short(value), formula])
  return [
    `${bold(`β = ${format.short(beta)} elsewhere`)}, as the weight w of`,
    ...aligned(rows, 'krw', width),
    ...(impliedVariance === null
      ? [dim('  and of no squared error: that needs a Gaussian likelihood whose σ² is given')]
      : []),
  ]
}
