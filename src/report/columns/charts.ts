import { at, exactly, svg } from '../charts/axes.ts'
import { linearScale } from '../charts/scale.ts'
import { wholeNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ColumnsPageInput, Spread } from './input.ts'

const WIDTH = 360
const HEIGHT = 104
const FLOOR = 84
const ROW = 18
const NAME = 132
const NAME_LETTERS = 19
const VALUE = 48

const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

/** How the values of a column are spread, as SVG. */
export function spreadChart(name: string, spread: Spread): Markup {
  return spread.kind === 'numbers' ? histogram(name, spread) : levelBars(name, spread)
}

function histogram(name: string, { counts, low, high, told }: Extract<Spread, { kind: 'numbers' }>): Markup {
  const width = WIDTH / counts.length
  const y = linearScale([0, Math.max(...counts, 1)], [0, FLOOR - 4])
  const about = {
    title: `Histogram of ${name}`,
    description: `Counts in ${counts.length} bins from ${low} to ${high}`,
    className: 'histogram',
  }
  const contents = [
    ...counts.map((count, bin) => {
      const height = count === 0 ? 0 : Math.max(1, y(count))
      return html`<rect x="${at(bin * width + 0.5)}" y="${at(FLOOR - height)}" width="${at(width - 1)}" height="${at(height)}"/>`
    }),
    html`<line x1="0" x2="${WIDTH}" y1="${FLOOR}" y2="${FLOOR}"/><text x="0" y="${HEIGHT - 4}">${low}</text><text x="${WIDTH}" y="${HEIGHT - 4}" text-anchor="end">${high}</text>`,
  ]
  return svg({ width: WIDTH, height: HEIGHT }, about, contents, {
    ...{ kind: 'bins', ...told, counts: { count: counts } },
  })
}

function levelBars(name: string, { levels, others }: Extract<Spread, { kind: 'levels' }>): Markup {
  const rows = others > 0 ? [...levels, { name: 'other levels', count: others }] : levels
  const x = linearScale([0, Math.max(...rows.map(({ count }) => count), 1)], [0, WIDTH - NAME - VALUE])
  const about = {
    title: `Levels of ${name}`,
    description: rows.map((row) => `${row.name}: ${row.count}`).join(', '),
    className: 'levels',
  }
  return svg(
    { width: WIDTH, height: ROW * rows.length + 4 },
    about,
    rows.map((row, index) => {
      const y = index * ROW + 2
      const length = Math.max(0.8, x(row.count))
      const isOther = others > 0 && index === rows.length - 1
      const isShort = row.name.length > NAME_LETTERS
      return html`<g class="bar${isOther ? ' rest' : ''}"${isShort ? html` data-name="${row.name}"` : undefined}><text x="${NAME - 8}" y="${y + 12}" text-anchor="end">${shortened(row.name, NAME_LETTERS)}</text><rect x="${NAME}" y="${y + 2}" width="${at(length)}" height="12" rx="1.5"/><text class="value" x="${at(NAME + length + 6)}" y="${y + 12}">${wholeNumber(row.count)}</text></g>`
    }),
    { kind: 'bars', heads: ['level', 'count'] },
  )
}

const GAP_WIDTH = 720
const GAP_HEIGHT = 220
const GAP_NAME = 150

/** Which cells are missing: a strip for each column with gaps, rows from left to right. */
export function gapChart({ columns, rows }: ColumnsPageInput['gaps'], total: number): Markup {
  const height = Math.min(24, Math.max(9, GAP_HEIGHT / columns.length))
  const width = (GAP_WIDTH - GAP_NAME) / Math.max(rows.length, 1)
  const about = {
    title: 'Missing cells',
    description:
      'A strip for each column with gaps; marks stand where rows, from left to right, have nothing',
    className: 'gaps',
  }
  return svg(
    { width: GAP_WIDTH, height: height * columns.length + 2 },
    about,
    columns.map((name, column) => {
      const y = column * height
      const marks = rows.flatMap((row, index) =>
        row[column]
          ? [`M${exactly(GAP_NAME + index * width)} ${at(y + height / 2)}h${exactly(Math.max(0.4, width))}`]
          : [],
      )
      return html`<g><text x="${GAP_NAME - 10}" y="${at(y + height / 2 + 4)}" text-anchor="end">${shortened(name, 21)}</text><rect class="ground" x="${GAP_NAME}" y="${at(y + 1)}" width="${GAP_WIDTH - GAP_NAME}" height="${at(height - 2)}"/><path d="${marks.join('')}" stroke-width="${at(height - 2)}"/></g>`
    }),
    { kind: 'gaps', from: GAP_NAME, width: (width * rows.length) / total, columns },
  )
}
