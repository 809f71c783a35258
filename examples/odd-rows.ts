/** Finds rows that do not fit: trains on a table in memory and scores rows by what they cost. */
import { datasetOf, open, train } from 'betavae'

/** Readings of three sensors that follow one hidden temperature. */
function readings(count: number): Float32Array {
  const rows = new Float32Array(count * 3)
  for (let i = 0; i < count; i++) {
    const temperature = 20 + 5 * Math.sin(i / 40)
    rows.set([temperature, 2 * temperature + Math.sin(i), 100 - temperature + Math.cos(3 * i)], i * 3)
  }
  return rows
}

const dataset = datasetOf(
  { data: readings(2000), shape: [2000, 3] },
  { name: 'sensors', defaults: { likelihood: 'gaussian', scaling: 'standardize' } },
)
const run = await train(
  {
    data: { source: 'sensors' },
    model: { latent: { size: 1 }, likelihood: { name: 'gaussian', sigma: 0.1 } },
    training: { epochs: 60 },
  },
  { dataset },
)
using model = await open(run)

/** The second row breaks the relation between the sensors, though each value alone is ordinary. */
const rows = { data: Float32Array.of(20, 40, 80, 20, 48, 80), shape: [2, 3] }
const { elbo } = await model.score(rows)

export const result = { usual: elbo?.[0] ?? Number.NaN, odd: elbo?.[1] ?? Number.NaN }
console.log(result)
