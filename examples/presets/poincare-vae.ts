/**
 * poincare-vae: codes in a hyperbolic space, where the room grows with the distance as the branches of a tree do. Here a
 * tree is grown: each node is its parent and a step, in 50 dimensions. In two dimensions of code the deeper nodes come to
 * lie further from the center, more than in a plane.
 *
 *     npx betavae train digits --objective poincare-vae --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { checkDraft, datasetOf, evaluate, open, train } from 'betavae'
import { chance, normal } from '../chance.ts'
import { say } from './digits.ts'

const [DEPTH, DIMENSIONS, COPIES] = [7, 50, 8]

/** Every node of a binary tree, several times with a little noise, and how deep it lies. */
function tree(seed: number) {
  const uniform = chance(seed)
  const draw = () => normal(uniform)
  const nodes: number[][] = []
  const depths: number[] = []
  const grow = (place: readonly number[], depth: number): void => {
    for (let copy = 0; copy < COPIES; copy++) {
      nodes.push(place.map((x) => x + 0.3 * draw()))
      depths.push(depth)
    }
    if (depth < DEPTH)
      for (let child = 0; child < 2; child++)
        grow(
          place.map((x) => x + draw()),
          depth + 1,
        )
  }
  grow(new Array<number>(DIMENSIONS).fill(0), 1)
  const rows = { data: Float32Array.from(nodes.flat()), shape: [nodes.length, DIMENSIONS] }
  return { dataset: datasetOf(rows, { name: 'tree' }), rows, depths }
}

interface Fitted {
  readonly elbo: number
  readonly depth: number
}

/** The ELBO of held-out rows in two dimensions of code, and how the distance of codes from the center tells the depth. */
async function fitted(preset: string, seed: number): Promise<Fitted> {
  const { dataset, rows, depths } = tree(seed)
  const run = await train(
    checkDraft({
      data: { source: 'tree', validation: 0.25, test: 0, scaling: 'none' },
      model: {
        architecture: { name: 'mlp', hidden: [128] },
        latent: { size: 2 },
        likelihood: { name: 'gaussian', sigma: 1 },
      },
      objective: { name: preset },
      training: { steps: 1000, batch: 64, seed, learningRate: 0.002 },
      engine: { threads: 1 },
    }),
    { dataset },
  )
  using model = await open(run, { threads: 1 })
  const { elbo } = await evaluate(model, dataset, { split: 'validation' })
  const { data } = (await model.encode(rows)).mean
  const lengths = depths.map((_, row) => Math.hypot(data[2 * row], data[2 * row + 1]))
  return { elbo: elbo ?? Number.NaN, depth: correlation(lengths, depths) }
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const centered = (values: readonly number[]) => {
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length
    return values.map((x) => x - mean)
  }
  const [x, y] = [centered(a), centered(b)]
  const dot = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, value, i) => sum + value * v[i], 0)
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))
}

const found: { ball: Fitted; plane: Fitted }[] = []
for (const seed of [1, 2])
  found.push({ ball: await fitted('poincare-vae', seed), plane: await fitted('vae', seed) })
say(found)

// Correlations of 0.29 and 0.40, in the plane 0.26 and 0.35.
const deeper = found.map(({ ball, plane }) => ball.depth - plane.depth)
assert.ok(
  found.every(({ ball }) => ball.depth > 0.15),
  'the deeper a node, the further out its code',
)
assert.ok(deeper[0] + deeper[1] > 0, 'more than in a plane')
assert.ok(
  found.every(({ ball, plane }) => ball.elbo > plane.elbo - 3),
  'and nodes are as probable as there',
)
