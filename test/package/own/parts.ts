/** Parts as somebody writes them who has this package from npm; copied into an empty folder, and used there. */
import { abs, add, defineLikelihood, defineTerm, mul, sub, sumPerExample } from 'betavae/graph'
import { defineDetector, defineMetric } from 'betavae/metrics'
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
