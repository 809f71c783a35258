/**
 * How like the examples samples are, by where their codes come from: `node scripts/sample-fidelity.ts digits mnist`. On each
 * data set a VAE and a VQ-VAE are trained with the defaults for so many steps as are said (`--steps 2000`), and held-out
 * examples are compared with samples of each sampler; prints a table.
 */
import { parseArgs } from 'node:util'
import { evaluate, open, openData, type RecipeDraft, type SampleFidelity, train } from '../src/inside.node.ts'
import { table } from './markdown.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { steps: { type: 'string', default: '2000' } },
})

const OBJECTIVES = ['vae', 'vq-vae']

const recipeOf = (source: string, objective: string): RecipeDraft => ({
  data: { source },
  objective: { name: objective },
  training: { steps: Number(values.steps), seed: 0 },
})

async function judged(source: string, objective: string): Promise<SampleFidelity | undefined> {
  const dataset = await openData(source)
  const run = await train(recipeOf(source, objective), { dataset })
  using model = await open(run)
  return (await evaluate(model, dataset, { split: 'test', samples: 'all' })).samples
}

const rows: string[][] = []
for (const source of positionals)
  for (const objective of OBJECTIVES) {
    const { count, real, samplers } = (await judged(source, objective)) as SampleFidelity
    for (const [name, found] of [['other examples', real] as const, ...Object.entries(samplers)]) {
      const { precision, recall, density, coverage, frechet = Number.NaN } = found
      rows.push([
        name === 'other examples' ? `${source}, \`${objective}\`, ${count} of each` : '',
        name,
        ...[precision, recall, density, coverage].map((share) => share.toFixed(2)),
        frechet.toPrecision(3),
      ])
    }
  }
const head = ['', 'codes', 'precision', 'recall', 'density', 'coverage', 'Fréchet distance']
process.stdout.write(`${table(head, rows)}\n`)
