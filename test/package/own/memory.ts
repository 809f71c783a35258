/** Own parts through the programming interface: trained, previewed, opened again, judged, exported, checked. */
import { checkDraft, datasetOf, evaluate, exportOnnx, open, preview, save, train, trainTable } from 'betavae'
import { disentanglement } from 'betavae/metrics'
import { checkPart } from 'betavae/testing'
import { apart, cushioned, degrees, farOut, towards } from './parts.ts'

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
const ofColumns = await checkPart(degrees, { cells: ['0°', '90°', '359.5°'] })
const missing = await open(bytes).catch(String)
const unknown = await evaluate(model, dataset, { metrics: ['aprat'], parts }).catch(String)
const misspelled = await preview(
  checkDraft({ data: { source: 'waves' }, model: { likelihood: { name: 'cushoined' } } }),
  dataset,
  { parts },
).catch(String)

const winds = Array.from({ length: 200 }, (_, i) => {
  const wind = Math.round(360 + 80 * Math.sin(i)) % 360
  return { wind: `${wind}°`, speed: Math.round(100 + 50 * Math.sin((wind * Math.PI) / 180)) / 10 }
})
using table = await trainTable(
  winds,
  { data: { kinds: { wind: 'degrees' } }, training: { steps: 300, seed: 1 } },
  { parts: [degrees] },
)
const [usual, odd] = await table.score([
  { wind: '2°', speed: 10.2 },
  { wind: '180°', speed: 10.2 },
])
const [filled] = await table.impute([{ wind: null, speed: 14 }])

console.log(
  JSON.stringify({
    ...{ formula: ledger.formula, readings: ledger.terms.map(({ reading }) => reading), elbo },
    ...{ apart: metrics?.apart.score, mig: metrics?.mig.score, again: same.apart.score },
    ...{ flaws, ofColumns, missing, unknown, misspelled },
    ...{ means: Array.from(mean.data), encoder: exportOnnx(trained).encoder.length },
    ...{ usual: usual.score, odd: odd.score, causes: odd.causes.map(({ column }) => column), filled },
  }),
)
