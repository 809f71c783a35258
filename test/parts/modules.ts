/** Modules as users would write them, with one part of every kind that a training meets. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const library = JSON.stringify(new URL('../../src/inside.ts', import.meta.url).href)
const zod = JSON.stringify(import.meta.resolve('zod'))

/** The text of a module that exports these parts. */
const moduleText = (imports: string, body: string): string =>
  `import { ${imports} } from ${library}\nimport * as z from ${zod}\n${body}`

export const towards = moduleText(
  'defineTerm, graph',
  `
export const towards = defineTerm({
  name: 'towards',
  on: 'code',
  summary: 'distance of the code from a place',
  option: 'towards',
  symbol: 'τ',
  defaultWeight: 0.5,
  options: z.strictObject({ place: z.number().default(2).describe('where codes should be') }),
  formula: ({ place }) => '‖z − ' + place + '‖₁',
  loss: ({ model }, { place }) => graph.sumPerExample(graph.abs(graph.sub(model.posterior.mean, place))),
  reading: (weight, { place }) => 'z ~ Laplace(' + place + ', ' + 1 / weight + ')',
})
`,
)

/** A likelihood, a metric, a detector, a sampler, a schedule and an update rule. */
export const several = moduleText(
  'defineLikelihood, defineMetric, defineDetector, defineSampler, defineSchedule, defineOptimizer, graph',
  `
const { abs, sub, mul, add } = graph
export const cushioned = defineLikelihood({
  name: 'cushioned',
  summary: 'Laplace with a scale of one half',
  options: z.strictObject({}),
  formula: () => '2·|x − x̂|',
  outputs: (first) => first,
  density: (output) => ({ negativeLogLikelihood: (x) => mul(abs(sub(x, output)), 2), center: output }),
  omitted: () => 0,
  variance: () => undefined,
  support: () => ({ holds: () => true, wanted: 'any finite number' }),
})
export const spread = defineMetric({
  name: 'spread',
  title: 'Spread',
  summary: 'High: codes are far from 0.',
  citation: 'nobody',
  better: 'larger',
  compute: async ({ codes }) => ({ score: codes.reduce((sum, z) => sum + Math.abs(z), 0) / codes.length }),
})
export const farOut = defineDetector({
  name: 'farOut',
  title: 'Far out',
  summary: 'Sum of absolute numbers.',
  paper: 'nobody',
  fit: () => ({ count, width, data }) =>
    Float64Array.from({ length: count }, (_, row) =>
      data.subarray(row * width, (row + 1) * width).reduce((sum, x) => sum + Math.abs(x), 0)),
})
export const origin = defineSampler({
  name: 'origin',
  summary: 'zeros',
  prepare: ({ latent }) => (count) => ({ data: new Float32Array(count * latent), shape: [count, latent] }),
})
export const halving = defineSchedule({
  name: 'halving',
  parameters: ['value', 'steps'],
  summary: 'halves every so many steps',
  refuse: ([, steps]) => (steps > 0 ? undefined : 'a positive number of steps'),
  at: (step, [value, steps]) => value * 0.5 ** Math.floor(step / steps),
  values: ([value]) => [value, 0],
})
export const plain = defineOptimizer({
  name: 'plain',
  summary: 'down the gradient',
  options: z.strictObject({}),
  slots: [],
  scalars: (_, rate) => ({ rate }),
  update(parameters, gradients, _, { rate }, scale) {
    for (let i = 0; i < parameters.length; i++) parameters[i] -= rate * scale * gradients[i]
  },
  trace: (parameter, gradient, _, { rate }) => ({ parameter: sub(parameter, mul(gradient, rate)), slots: [] }),
})
`,
)

/** Writes a module into a folder; gives its path. */
export async function moduleAt(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}
