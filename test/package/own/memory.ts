/** Own parts through the programming interface: trained, previewed, opened again, judged, exported, checked. */
import { datasetOf, evaluate, exportOnnx, open, preview, save, train } from 'betavae'
import { disentanglement } from 'betavae/metrics'
import { checkPart } from 'betavae/testing'
import { apart, cushioned, farOut, towards } from './parts.ts'

const count = 120
const rows = Float32Array.from({ length: 2 * count }, (_, i) => Math.sin(i) + 2 * (Math.floor(i / 2) % 3))
const labels = Int32Array.from({ length: count }, (_, i) => i % 3)
const dataset = datasetOf({ data: rows, shape: [count, 2] }, { name: 'waves', labels })

const parts = [towards, cushioned, apart, farOut]
const draft = {
  model: { latent: { size: 2 }, likelihood: { name: 'cushioned', scale: 0.25 } },
  objective: {
    terms: [
      { term: 'kl', weight: 0.1 },
      { term: 'towards', weight: 3, place: -1 },
    ],
  },
  training: { steps: 200, batch: 16, seed: 1, learningRate: 0.01 },
} as const

const { ledger } = await preview(draft, dataset, { parts })
const trained = await train(draft, { dataset, parts })
const bytes = save(trained)
using model = await open(bytes, { parts })
const { elbo, metrics } = await evaluate(model, dataset, { split: 'all', metrics: ['apart', 'mig'], parts })
const { mean } = await model.encode({ data: rows, shape: [count, 2] })
const same = await disentanglement(mean, { data: labels, shape: [count] }, { parts, metrics: ['apart'] })
const flaws = (await Promise.all(parts.map((own) => checkPart(own)))).flat()
const missing = await open(bytes).catch(String)
const unknown = await evaluate(model, dataset, { metrics: ['aprat'], parts }).catch(String)

console.log(
  JSON.stringify({
    ...{ formula: ledger.formula, lines: ledger.terms.map(({ reading }) => reading), elbo },
    ...{ apart: metrics?.apart.score, mig: metrics?.mig.score, again: same, flaws, missing, unknown },
    ...{ means: Array.from(mean.data), encoder: exportOnnx(trained).encoder.length },
  }),
)
