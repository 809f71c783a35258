import { expect, test } from 'vitest'
import { METRICS } from './index.ts'
import { udr } from './udr.ts'

test('every metric has the name by which it is asked for, and none goes by another', () => {
  const names = METRICS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.slice(0, 11)).toEqual([
    'mig',
    'dci',
    'sap',
    'betaVae',
    'factorVae',
    'modularity',
    'explicitness',
    'irs',
    'totalCorrelation',
    'wassersteinCorrelation',
    'mutualInformation',
  ])
})

test('the unsupervised ones are better when smaller, the others when larger', () => {
  const smaller = METRICS.filter(({ better }) => better === 'smaller').map(({ name }) => name)
  expect(smaller).toEqual(['totalCorrelation', 'wassersteinCorrelation', 'mutualInformation'])
})

test('no model is compared with itself', async () => {
  const codes = (sign: number) => ({ data: Float32Array.of(1, 2, 3, 5).map((x) => sign * x), shape: [4, 1] })
  const { pairs } = await udr([codes(1), codes(-1), codes(2)])
  for (const [model, row] of pairs.entries()) {
    expect(row[model]).toBe(0)
    for (const [other, value] of row.entries()) if (other !== model) expect(value).toBeCloseTo(1, 12)
  }
})
