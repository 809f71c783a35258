/** Rows of a table: known values of each kind of column, and what is missing. */
import { describe, expect, test } from 'vitest'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import { array, evaluate, likelihood, traceDensity } from '../../testing/density.testing.ts'
import { checkGradient, relativeDifference, weighted } from '../../testing/probing.ts'

const native = await nativeEngine({ threads: 1 })

const columns = [
  { group: 'real', slots: 1 },
  { group: 'real', slots: 2 },
  { group: 'count', slots: 1 },
  { group: 'binary', slots: 1 },
  { group: 'categorical', slots: 3 },
  { group: 'categorical', slots: 2 },
]
const VALUES = 10
const width = VALUES + columns.length
const rows = [
  [0.5, -1, 2, 4, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1],
  [-0.3, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 0],
]
const output = [0.2, -0.4, 1, 1.1, 0.7, 0.1, -0.6, 0.9, 0.3, -0.3]
const logScale = [0.1, -0.2, 0.3]
const feeds = {
  x: array(rows.flat(), [2, width]),
  output: array([...output, ...output], [2, VALUES]),
  'likelihood.logScale': array(logScale),
  'likelihood.logDegrees': array([-0.5, 0.4, 2]),
}
const traced = (degrees: number | 'learned' | null, batch: number | string = 2) =>
  traceDensity(likelihood('columns', { columns, degrees }), batch, [width])

/** Log-scales and log-rates are held within ±20, which near 1 takes a thousandth. */
const bounded = (x: number) => x / Math.sqrt(1 + (x / 20) ** 2)
const normal = (x: number, center: number, raw: number) =>
  0.5 * Math.log(2 * Math.PI) + bounded(raw) + 0.5 * ((x - center) / Math.exp(bounded(raw))) ** 2
const poisson = (x: number, raw: number, logFactorial: number) =>
  Math.exp(bounded(raw)) - x * bounded(raw) + logFactorial
const softplus = (x: number) => Math.log1p(Math.exp(x))
const logSum = (logits: readonly number[]) => Math.log(logits.reduce((sum, l) => sum + Math.exp(l), 0))

test('each known cell costs what its density says, and a missing one nothing', async () => {
  const { loss } = traced(null)
  const { nats } = await evaluate({ nats: loss }, feeds)
  const first = [
    normal(0.5, 0.2, 0.1),
    normal(-1, -0.4, -0.2),
    normal(2, 1, 0.3),
    poisson(4, 1.1, Math.log(24)),
    softplus(0.7) - 0.7,
    logSum(output.slice(5, 8)) + 0.6,
    logSum(output.slice(8)) - 0.3,
  ]
  const second = [
    normal(-0.3, 0.2, 0.1),
    0,
    0,
    poisson(0, 1.1, 0),
    softplus(0.7),
    logSum(output.slice(5, 8)) - 0.9,
    0,
  ]
  ;[...first, ...second].forEach((wanted, i) => {
    expect(nats[i], `${i}`).toBeCloseTo(wanted, 7)
  })
})

test('the center is each cell’s mean, with nothing missing', async () => {
  const { density } = traced(null)
  const { center } = await evaluate({ center: density.center }, feeds)
  const total = (logits: readonly number[]) => logits.map((l) => Math.exp(l - logSum(logits)))
  const wanted = [
    ...output.slice(0, 3),
    Math.exp(bounded(1.1)),
    1 / (1 + Math.exp(-0.7)),
    ...total(output.slice(5, 8)),
    ...total(output.slice(8)),
    ...columns.map(() => 1),
  ]
  wanted.forEach((x, i) => {
    expect(center[i], `${i}`).toBeCloseTo(x, 10)
  })
})

describe.each([null, 4, 'learned'] as const)('degrees of freedom %s', (degrees) => {
  test('the gradient matches central differences', async () => {
    const { loss, output: out, parameters } = traced(degrees)
    const leaves = [out, ...parameters.map(({ tensor }) => tensor)]
    const names = ['output', ...parameters.map(({ name }) => name)]
    const check = await checkGradient(weighted(loss), names, leaves, feeds)
    expect(check.probesVary).toBe(true)
    expect(check.worst).toBeLessThan(1e-7)
  })

  test('the native engine agrees, for any number of rows', async () => {
    const { loss, density } = traced(degrees, 'batch')
    const both = program('columns', { loss, center: density.center })
    using exact = await referenceEngine.load(both)
    using fast = await native.load(both)
    const [wanted, got] = [await exact.run(feeds), await fast.run(feeds)]
    for (const name of ['loss', 'center'])
      expect(relativeDifference(got[name], wanted[name])).toBeLessThan(native.tolerance)
  })
})

test('Student-t adds up to 1, and nears the Gaussian with many degrees of freedom', async () => {
  const one = [{ group: 'real', slots: 1 }]
  const xs = Array.from({ length: 40_001 }, (_, i) => (i - 20_000) / 20)
  const nats = async (degrees: number | null) => {
    const { loss } = traceDensity(likelihood('columns', { columns: one, degrees }), xs.length, [2])
    const row = {
      x: array(
        xs.flatMap((x) => [x, 1]),
        [xs.length, 2],
      ),
      output: array(
        xs.map(() => 0.3),
        [xs.length, 1],
      ),
    }
    return (await evaluate({ nats: loss }, { ...row, 'likelihood.logScale': array([0.2]) })).nats
  }
  const mass = (await nats(4)).reduce((sum, x) => sum + Math.exp(-x) / 20, 0)
  expect(mass).toBeCloseTo(1, 6)
  const [gaussian, almost] = [await nats(null), await nats(1e7)]
  for (const at of [19_980, 20_000, 20_040]) expect(almost[at]).toBeCloseTo(gaussian[at], 4)
})

test('learned degrees of freedom are those of the same numbers given', async () => {
  const one = [{ group: 'real', slots: 1 }]
  const row = {
    x: array([2.5, 1], [1, 2]),
    output: array([0.3], [1, 1]),
    'likelihood.logScale': array([0.2]),
  }
  for (const degrees of [1, 4, 37]) {
    const given = traceDensity(likelihood('columns', { columns: one, degrees }), 1, [2])
    const learned = traceDensity(likelihood('columns', { columns: one }), 1, [2])
    const raw = Math.log(degrees / 4)
    const unbounded = raw / Math.sqrt(1 - (raw / 20) ** 2)
    const [wanted] = (await evaluate({ nats: given.loss }, row)).nats
    const [got] = (
      await evaluate({ nats: learned.loss }, { ...row, 'likelihood.logDegrees': array([unbounded]) })
    ).nats
    expect(got).toBeCloseTo(wanted, 6)
  }
})

test('the encoder is shown counts near unit scale, the rest as it is', async () => {
  const { kind, options } = likelihood('columns', { columns })
  const x = input('x', [2, width])
  const { seen } = await evaluate({ seen: kind.shown?.(x, options) ?? x }, feeds)
  const wanted = rows.map((row) => row.map((value, i) => (i === 3 ? Math.log1p(value) : value)))
  wanted.flat().forEach((value, i) => {
    expect(seen[i]).toBeCloseTo(value, 12)
  })
})

test('counts may come first, where no column is real', async () => {
  const { kind, options } = likelihood('columns', { columns: columns.slice(2, 4) })
  const x = input('x', [1, 4])
  const { seen } = await evaluate({ seen: kind.shown?.(x, options) ?? x }, { x: array([6, 1, 1, 1], [1, 4]) })
  expect([...seen]).toEqual([expect.closeTo(Math.log(7), 12), 1, 1, 1])
})

test('the formula says which densities there are', () => {
  const { kind, options } = likelihood('columns', { columns, degrees: 5 })
  expect(kind.formula(options)).toMatchInlineSnapshot(
    `"−Σ log p(xⱼ; x̂ⱼ) over known cells, p: Student(ν = 5, σ learned), Poisson, Bernoulli, Categorical"`,
  )
})
