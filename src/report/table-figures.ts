import { type NDArray, takeRows } from '../base/arrays.ts'
import type { ByCondition } from './by-condition.ts'
import { lineChart } from './charts/line.ts'
import { type StripMark, stripChart } from './charts/strips.ts'
import type { Figures } from './figures.ts'
import { html, type Markup } from './html.ts'
import type { Medium, Pictures } from './pictures.ts'

type Table = Extract<Medium, { kind: 'table' }>

/** A row to draw, and how. */
interface Drawn extends StripMark {
  readonly background?: boolean
}

/** Tables with more columns than this are drawn as curves over column numbers. */
const MOST_STRIPS = 24
const MOST_CURVES = 8

/** Pictures of table rows: a strip for each column, or curves where there are too many. */
export function tableFigures(pictures: Pictures, table: Table, split: string): Figures {
  const { originals, reconstructions, samples, interpolations } = pictures
  const { draw, words } = table.columns.length > MOST_STRIPS ? curves : strips
  const { rowOf, rowsOf, ramp } = rowsThrough(table)
  const panel = (title: string, description: string, drawn: readonly Drawn[], joined = false): Markup =>
    html`<figure><figcaption>${title}</figcaption>${draw(table, { title, description, drawn, joined })}</figure>`
  const pair = (i: number): Drawn[] => [
    { name: 'original', tone: 'original', shape: 'ring', values: rowOf(originals, i) },
    { name: 'reconstruction', tone: 'reconstruction', shape: 'dot', values: rowOf(reconstructions, i) },
  ]
  return {
    reconstructions: panels(
      'Reconstructions',
      Array.from({ length: originals.shape[0] }, (_, i) =>
        panel(`row ${i + 1}`, 'original and reconstruction in every column', pair(i), true),
      ),
    ),
    samples: panel('rows and samples', 'where rows of the data and samples lie in every column', [
      ...rowsOf(table.reference, 'data', 'tick-above', true),
      ...rowsOf(samples, 'sample', 'tick-below'),
    ]),
    interpolations: panels(
      'Interpolations',
      interpolations.map((rows, i) =>
        panel(`from row ${i + 1} to row ${i + 2}`, 'every column along the path', ramp(rows), true),
      ),
    ),
    traversal: ({ dimension, rows }) =>
      draw(table, {
        title: `dimension ${dimension}`,
        description: 'every column as the dimension moves',
        drawn: ramp(rows),
        joined: true,
      }),
    words: {
      ...words(split),
      interpolations:
        'Codes on a straight line between those of two rows; blue is the start, orange the end.',
      traversals: 'Each panel moves one dimension, blue to orange,',
    },
  }
}

/** Rows that a model makes under each level of what it is given. */
export function rowPanels({ name, levels, samples, draws, changed }: ByCondition, table: Table): Markup {
  const { draw } = table.columns.length > MOST_STRIPS ? curves : strips
  const { rowOf, rowsOf } = rowsThrough(table)
  const panel = (title: string, description: string, drawn: readonly Drawn[]): Markup =>
    html`<figure><figcaption>${title}</figcaption>${draw(table, { title, description, drawn, joined: false })}</figure>`
  const drawnOf = (at: number) =>
    rowsOf(
      takeRows(
        samples,
        Array.from({ length: draws }, (_, draw) => at * draws + draw),
      ),
      'sample',
      'dot',
    )
  const toneOf = (at: number) => `ramp-${Math.round((10 * at) / Math.max(1, levels.length - 1))}`
  const under = ({ rows }: ByCondition['changed'][number]): Drawn[] =>
    levels.map((level, at) => ({
      ...{ name: `${name} ${level}`, tone: toneOf(at), shape: 'dot', values: rowOf(rows, at) },
    }))
  return html`${panels(
    `Samples by ${name}`,
    levels.map((level, at) => panel(`${name} ${level}`, 'samples in every column', drawnOf(at))),
  )}
<p class="note">Rows whose code keeps its place, under ${name} ${levels.join(', ')}, blue to orange:</p>
${panels(
  `Rows under each ${name}`,
  changed.map((one, i) =>
    panel(`row ${i + 1}, ${name} ${one.own}`, `every column under each ${name}`, under(one)),
  ),
)}`
}

const panels = (name: string, all: readonly Markup[]): Markup =>
  html`<div class="panels" data-csv="${name}">${all}</div>`

interface Drawing {
  readonly title: string
  readonly description: string
  readonly drawn: readonly Drawn[]
  readonly joined: boolean
}

/** One way to draw rows, and how to read it. */
interface Drawer {
  draw(table: Table, drawing: Drawing): Markup
  words(split: string): Pick<Figures['words'], 'reconstructions' | 'samples'>
}

const strips: Drawer = {
  draw: ({ columns, ranges }, { drawn, ...about }) => stripChart({ ...about, columns, ranges, marks: drawn }),
  words: (split) => ({
    reconstructions: `Rings are rows of the ${split} split, dots what the model makes of their codes. Each strip spans the range of its column there; what lies beyond is drawn at the edge.`,
    samples: `orange, below each strip, against rows of the ${split} split above it`,
  }),
}

const curves: Drawer = {
  draw: (_, { title, description, drawn }) =>
    lineChart({
      title,
      description,
      xLabel: 'column',
      wholeX: true,
      series: thinned(drawn).map(({ name, tone, values, background }) => ({
        name,
        tone,
        background,
        points: Array.from(values, (value, column) => [column + 1, value] as const),
      })),
    }),
  words: (split) => ({
    reconstructions: `Blue are rows of the ${split} split, orange what the model makes of their codes.`,
    samples: `the first ${MOST_CURVES} in orange, over as many rows of the ${split} split`,
  }),
}

/** A few curves of each kind; more would hide each other. */
function thinned(drawn: readonly Drawn[]): Drawn[] {
  const kinds = new Map<string, number>()
  return drawn.filter(({ tone }) => {
    const before = kinds.get(tone) ?? 0
    kinds.set(tone, before + 1)
    return before < MOST_CURVES
  })
}

/** Rows as they are drawn: the numbers of a row that are shown. */
function rowsThrough({ slots }: Table) {
  const rowOf = ({ data, shape }: NDArray, row: number): number[] =>
    slots.map((slot) => data[row * shape[1] + slot])
  const drawn = (rows: NDArray, how: (row: number) => Omit<Drawn, 'values'>): Drawn[] =>
    Array.from({ length: rows.shape[0] }, (_, row) => ({ ...how(row), values: rowOf(rows, row) }))
  return {
    rowOf,
    rowsOf: (rows: NDArray, tone: string, shape: StripMark['shape'], background = false) =>
      drawn(rows, () => ({ name: tone, tone, shape, background })),
    /** The rows of a path, colored by how far along they are. */
    ramp: (rows: NDArray) =>
      drawn(rows, (step) => ({
        name: `step ${step + 1}`,
        tone: `ramp-${Math.round((10 * step) / Math.max(1, rows.shape[0] - 1))}`,
        shape: 'dot',
      })),
  }
}
