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

/** Two kinds of columns: directions in degrees, of which 359 is next to 1, and addresses of networks. */
export const kinds = moduleText(
  'defineColumnKind',
  `
const turn = 2 * Math.PI
/** Sine and cosine, each of variance 1 over a full turn. */
export const degrees = defineColumnKind({
  name: 'degrees',
  summary: 'a direction in degrees, as sine and cosine',
  wanted: 'degrees from 0 to 360, such as 270 or 270°',
  numbers: 'real',
  fields: z.strictObject({ decimals: z.int().min(0) }),
  fit(cells) {
    const texts = cells.map((cell) => String(cell).replace('°', ''))
    if (!texts.every((text) => text !== '' && Number(text) >= 0 && Number(text) <= 360)) return 'not all cells are degrees'
    return { decimals: Math.max(...texts.map((text) => text.split('.')[1]?.length ?? 0)) }
  },
  size: () => 2,
  write(cell) {
    const value = degreesIn(cell)
    if (!(value >= 0 && value <= 360)) return undefined
    const angle = (value / 360) * turn
    return [Math.SQRT2 * Math.sin(angle), Math.SQRT2 * Math.cos(angle)]
  },
  read([sine, cosine], { decimals }) {
    const angle = (Math.atan2(sine, cosine) / turn + 1) % 1
    return Number((360 * angle).toFixed(decimals)) % 360
  },
  value: degreesIn,
})
function degreesIn(cell) {
  return typeof cell === 'number' ? cell : Number(String(cell).replace('°', '') || Number.NaN)
}

/** The 32 bits of an IPv4 address. */
const ADDRESS = /^(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})$/
export const ipv4 = defineColumnKind({
  name: 'ipv4',
  summary: 'an IPv4 address, as its bits',
  wanted: 'an address such as 10.0.0.1',
  numbers: 'binary',
  fields: z.strictObject({}),
  suits: (cells) => (cells.every((cell) => bitsOf(cell)) ? 'every cell is an IPv4 address' : undefined),
  fit: (cells) => (cells.some((cell) => bitsOf(cell)) ? {} : 'no cell is an address'),
  size: () => 32,
  write: bitsOf,
  read: (bits) =>
    [0, 8, 16, 24].map((from) => bits.slice(from, from + 8).reduce((sum, bit) => 2 * sum + (bit >= 0.5 ? 1 : 0), 0)).join('.'),
})
function bitsOf(cell) {
  const bytes = ADDRESS.exec(String(cell))?.slice(1).map(Number)
  if (!bytes || bytes.some((byte) => byte > 255)) return undefined
  return bytes.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> (7 - bit)) & 1))
}
`,
)

/** Writes a module into a folder; gives its path. */
export async function moduleAt(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}
