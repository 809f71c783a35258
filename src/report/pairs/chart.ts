import { at, svg } from '../charts/axes.ts'
import { linearScale } from '../charts/scale.ts'
import type { BinEnds } from '../columns/input.ts'
import { fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { PairedSpread } from './spread.ts'

const WIDTH = 360
const HEIGHT = 116
const FLOOR = 94
const ROW = 20
const NAME = 126
const VALUE = 46
const LONGEST = 19

/** What the two sides are called, the first drawn as a line, the second as bars. */
export type SideNames = readonly [string, string]

/** A picture for each column, the legend above. */
export const pairPanels = (
  name: string,
  spreads: readonly PairedSpread[],
  names: SideNames,
  open = spreads.length,
): Markup => {
  const figures = spreads.map(
    (spread) => html`<figure><figcaption>${spread.column}</figcaption>${pairChart(spread, names)}</figure>`,
  )
  const folded = figures.slice(open)
  const rest =
    folded.length > 0
      ? html`<details><summary>${folded.length} more</summary><div class="panels">${folded}</div></details>`
      : undefined
  return html`<p class="legend"><span class="held">${names[0]}</span><span class="usual">${names[1]}</span></p><div data-csv="${name}"><div class="panels">${figures.slice(0, open)}</div>${rest}</div>`
}

const sharesOf = (counts: readonly number[]): number[] => {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => count / Math.max(total, 1))
}

function pairChart(spread: PairedSpread, names: SideNames): Markup {
  const counts = { [names[0]]: spread.counts[0], [names[1]]: spread.counts[1] }
  const shares = spread.counts.map(sharesOf) as [number[], number[]]
  const { of, column } = spread
  return of.kind === 'numbers'
    ? histograms(column, of, shares, counts, names)
    : levelBars(column, of.levels, shares, counts, names)
}

/** Bars of the second side, a stepped line of the first. */
function histograms(
  column: string,
  { low, high, told }: BinEnds,
  [first, second]: readonly [number[], number[]],
  counts: Readonly<Record<string, readonly number[]>>,
  names: SideNames,
): Markup {
  const y = linearScale([0, Math.max(...first, ...second, 0.001)], [FLOOR, 8])
  const width = WIDTH / first.length
  const steps = first.map((share, bin) => `L${at(bin * width)} ${at(y(share))}h${at(width)}`).join('')
  const about = {
    title: `How ${column} is spread`,
    description: `Histograms from ${low} to ${high}: ${names[0]} as a line, ${names[1]} as bars`,
    className: 'pair',
  }
  const contents = [
    ...second.map((share, bin) =>
      share === 0
        ? html``
        : html`<rect x="${at(bin * width + 0.5)}" y="${at(y(share))}" width="${at(width - 1)}" height="${at(FLOOR - y(share))}"/>`,
    ),
    html`<path class="step" d="M0 ${FLOOR}${steps}V${FLOOR}"/><text x="0" y="${HEIGHT - 6}">${low}</text><text x="${WIDTH}" y="${HEIGHT - 6}" text-anchor="end">${high}</text>`,
  ]
  return svg({ width: WIDTH, height: HEIGHT }, about, contents, {
    ...{ kind: 'bins', ...told, counts },
  })
}

/** A bar of the second side for each level, and where the first one stands. */
function levelBars(
  column: string,
  levels: readonly string[],
  [first, second]: readonly [number[], number[]],
  counts: Readonly<Record<string, readonly number[]>>,
  names: SideNames,
): Markup {
  const x = linearScale([0, Math.max(...first, ...second, 0.001)], [NAME, WIDTH - VALUE])
  const about = {
    title: `How ${column} is spread`,
    description: levels
      .map(
        (level, i) => `${level}: ${percent(first[i])} of ${names[0]}, ${percent(second[i])} of ${names[1]}`,
      )
      .join('; '),
    className: 'pair',
  }
  const contents = levels.map((level, i) => {
    const y = i * ROW + 2
    const name = level.length > LONGEST ? `${level.slice(0, LONGEST - 1)}…` : level
    return html`<g><text x="${NAME - 8}" y="${y + 13}" text-anchor="end">${name}</text><rect x="${NAME}" y="${y + 3}" width="${at(Math.max(0.8, x(second[i]) - NAME))}" height="12" rx="1.5"/><path class="step" d="M${at(x(first[i]))} ${y}v18"/><text x="${at(x(Math.max(first[i], second[i])) + 6)}" y="${y + 13}">${percent(second[i])}</text></g>`
  })
  return svg({ width: WIDTH, height: ROW * levels.length + 4 }, about, contents, {
    ...{ kind: 'levels', levels, counts },
  })
}

const percent = (share: number): string => `${fixed(100 * share, share < 0.1 ? 1 : 0)}%`

/** Rules of pages that show pairs. */
export const pairStyle = `
.usual{--tone:var(--accent)}.held{--tone:var(--ink)}
.pair rect{fill:var(--accent);fill-opacity:.8}
.pair .step{fill:none;stroke:var(--ink);stroke-width:1.3}
.pair text{font-size:12px}
`
