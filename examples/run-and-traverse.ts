/** Trains into a run directory, judges what came out, and walks along the dimension of the code that says most. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evaluate, open, openData } from 'betavae'
import { trainRun } from 'betavae/runs'

const out = join(await mkdtemp(join(tmpdir(), 'digits-')), 'run')
await trainRun({ data: { source: 'digits' }, training: { epochs: 20, seed: 1 } }, { out })

using model = await open(out)
const dataset = await openData('digits')
const { split, elbo, klPerDimension, metrics } = await evaluate(model, dataset, { metrics: ['mig'] })
const kl = klPerDimension ?? []
const strongest = kl.indexOf(Math.max(...kl))

const { mean } = await model.encode(await dataset.read([0]))
const frames = await model.traverse(strongest, [-2, -1, 0, 1, 2], { base: mean.data })
console.log(`${split}: ELBO ${elbo?.toFixed(2)} nats, MIG ${metrics?.mig.score.toFixed(3)}`)
console.log(`dimension ${strongest} holds ${kl[strongest].toFixed(2)} nats`)
export const result = { split, elbo, mig: metrics?.mig.score, strongest, frames }
