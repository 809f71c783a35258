/** Parts as somebody writes them who has this package from npm; copied into an empty folder, and used there. */
import { abs, add, defineLikelihood, defineTerm, mul, sub, sumPerExample } from 'betavae/graph'
import { defineDetector, defineMetric } from 'betavae/metrics'
import { type Cell, defineColumnKind } from 'betavae/tables'
import * as z from 'zod'

/** Holds codes near a place. */
export const towards = defineTerm({
  name: 'towards',
  on: 'code',
  summary: 'distance of the code from a place',
  option: 'towards',
  symbol: 'τ',
  defaultWeight: 0.5,
  options: z.strictObject({ place: z.number().default(2).describe('where codes should be') }),
  formula: ({ place }) => `‖z − ${place}‖₁`,
  loss: ({ model }, { place }) => sumPerExample(abs(sub(model.posterior.mean, place))),
  reading: (weight, { place }) => `z ~ Laplace(${place}, ${1 / weight})`,
})

/** A Laplace distribution of a width that is told. */
export const cushioned = defineLikelihood({
  name: 'cushioned',
  summary: 'Laplace of a scale that is given',
  options: z.strictObject({ scale: z.number().positive().default(0.5).describe('its scale') }),
  formula: ({ scale }) => `|x − x̂| / ${scale}`,
  outputs: (first) => first,
  density: (output, _, { scale }) => ({
    negativeLogLikelihood: (x) => add(mul(abs(sub(x, output)), 1 / scale), Math.log(2 * scale)),
    center: output,
  }),
  omitted: () => 0,
  variance: () => undefined,
  support: () => ({ holds: () => true, wanted: 'any finite number' }),
})

/** How far apart the means of codes are whose first factor differs, by how wide each heap is. */
export const apart = defineMetric({
  name: 'apart',
  title: 'Apart',
  summary: 'High: codes of different levels of the first factor lie apart.',
  citation: 'nobody',
  better: 'larger',
  async compute({ count, codes, codeSize, factors, factorCount, levels }) {
    const sums = new Float64Array(levels[0])
    const counts = new Float64Array(levels[0])
    for (let row = 0; row < count; row++) {
      const level = factors[row * factorCount]
      sums[level] += codes[row * codeSize]
      counts[level]++
    }
    const means = sums.map((sum, level) => sum / counts[level])
    return { score: Math.max(...means) - Math.min(...means), perLevel: Array.from(means) }
  },
})

/** The greatest of a row's numbers. */
export const farOut = defineDetector({
  name: 'farOut',
  title: 'Far out',
  summary: 'The greatest absolute number of a row.',
  paper: 'nobody',
  fit:
    () =>
    ({ count, width, data }) =>
      Float64Array.from({ length: count }, (_, row) =>
        Math.max(...data.subarray(row * width, (row + 1) * width).map(Math.abs)),
      ),
})

const degreesIn = (cell: Cell): number =>
  typeof cell === 'number' ? cell : Number(String(cell).replace('°', '') || Number.NaN)

/** Directions, of which 359° is next to 1°. */
export const degrees = defineColumnKind({
  name: 'degrees',
  summary: 'a direction in degrees, as sine and cosine',
  wanted: 'degrees from 0 to 360, such as 270 or 270°',
  numbers: 'real',
  fields: z.strictObject({ sign: z.string() }),
  fit(cells) {
    const isDirection = (cell: Cell) => degreesIn(cell) >= 0 && degreesIn(cell) <= 360
    if (!cells.every(isDirection)) return 'not all cells are degrees'
    return { sign: String(cells[0]).endsWith('°') ? '°' : '' }
  },
  size: () => 2,
  write(cell) {
    const value = degreesIn(cell)
    if (!(value >= 0 && value <= 360)) return undefined
    const angle = (value * Math.PI) / 180
    return [Math.SQRT2 * Math.sin(angle), Math.SQRT2 * Math.cos(angle)]
  },
  read([sine, cosine], { sign }) {
    const value = ((Math.atan2(sine, cosine) * 180) / Math.PI + 360) % 360
    return `${Number(value.toFixed(3))}${sign}`
  },
  value: degreesIn,
})
