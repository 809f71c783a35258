import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClassifiedRows, fitLogistic, predictedClasses, probabilitiesOf } from './logistic-regression.ts'

const dataOf = (rows: readonly (readonly number[])[], labels: readonly number[], classes: number) => ({
  count: rows.length,
  width: rows[0].length,
  rows: Float64Array.from(rows.flat()),
  labels: Int32Array.from(labels),
  classes,
})

const TIGHT = { tolerance: 1e-10 }

/** 90 rows of two numbers whose three classes overlap. */
const x = Array.from({ length: 90 }, (_, i) => [((i * 37) % 90) / 30 - 1, ((i * 53) % 90) / 45 - 1])
const labels = x.map(([value], i) => (value + (i % 7) / 5 > 1.4 ? 2 : value + (i % 5) / 4 > 0.6 ? 1 : 0))

describe('logistic regression', () => {
  // scikit-learn 1.9.1, LogisticRegression(tol=1e-12, max_iter=100000); intercepts less their mean.
  test('agrees with scikit-learn on three classes', async () => {
    const { weights } = await fitLogistic(dataOf(x, labels, 3), TIGHT)
    const wanted = [-2.1451962, 1.0689001, 0.231613, 0.1522389, 1.9135832, -1.221139]
    ;[0, 1, 3, 4, 6, 7].forEach((at, i) => {
      expect(weights[at]).toBeCloseTo(wanted[i], 5)
    })
    const center = (weights[2] + weights[5] + weights[8]) / 3
    ;[0.6163633, 0.4005096, -1.0168729].forEach((intercept, k) => {
      expect(weights[3 * k + 2] - center).toBeCloseTo(intercept, 5)
    })
  })

  test('agrees with scikit-learn on two classes, which have one vector between them', async () => {
    const binary = labels.map((label) => Math.min(label, 1))
    const { weights } = await fitLogistic(dataOf(x, binary, 2), TIGHT)
    expect(weights).toHaveLength(3)
    ;[2.5626477, -1.2421091, 0.129993].forEach((wanted, i) => {
      expect(weights[i]).toBeCloseTo(wanted, 5)
    })
  })

  test('constant rows: probabilities are the shares of the classes', async () => {
    const data = dataOf(new Array(10).fill([0]), [0, 0, 0, 0, 0, 1, 1, 1, 2, 2], 3)
    const p = probabilitiesOf(await fitLogistic(data, TIGHT), data)
    ;[0.5, 0.3, 0.2].forEach((share, k) => {
      expect(p[k]).toBeCloseTo(share, 8)
    })
  })

  test('classes without rows have probability 0; a single one 1', async () => {
    const data = dataOf([[0], [1], [2], [3]], [3, 3, 1, 1], 5)
    const model = await fitLogistic(data)
    expect(Array.from(probabilitiesOf(model, data).subarray(0, 5), Math.ceil)).toEqual([0, 1, 0, 1, 0])
    expect([...predictedClasses(model, data)]).toEqual([3, 3, 1, 1])
    const single = dataOf([[0], [1]], [2, 2], 4)
    expect([...probabilitiesOf(await fitLogistic(single), single)]).toEqual([0, 0, 1, 0, 0, 0, 1, 0])
  })

  test('the gradient is zero at the end, whatever the rows', async () => {
    const row = fc.tuple(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.boolean()), fc.nat(3))
    const drawn = fc.array(row, { minLength: 1, maxLength: 25 })
    await fc.assert(
      fc.asyncProperty(drawn, async (rows) => {
        const data = dataOf(
          rows.map(([[value, flag]]) => [value / 4, flag ? 1000 : 0]),
          rows.map(([, label]) => label),
          4,
        )
        expect(await worstGradient(data)).toBeLessThan(1e-4)
      }),
      { numRuns: 60 },
    )
  })

  test('separable rows and a column given twice come to an end', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i - 20, i - 20, 0])
    const data = dataOf(
      rows,
      rows.map(([value]) => (value < -7 ? 0 : value < 6 ? 1 : 2)),
      3,
    )
    expect([...predictedClasses(await fitLogistic(data), data)]).toEqual([...data.labels])
  })

  test('stops at a signal', async () => {
    const signal = AbortSignal.abort()
    await expect(fitLogistic(dataOf(x, labels, 3), { signal })).rejects.toThrow('abort')
  })
})

/** Largest |∂/∂w| of −Σ log p + ½‖w‖² by the fitted probabilities, written out class by class. */
async function worstGradient(data: ClassifiedRows): Promise<number> {
  const model = await fitLogistic(data, { tolerance: 1e-9 })
  const { present, inputs, weights } = model
  const p = probabilitiesOf(model, data)
  const isBinary = present.length <= 2
  const entries = (isBinary ? present.slice(1) : present).flatMap((label, output) =>
    Array.from({ length: inputs }, (_, i) => {
      let sum = i < data.width ? weights[output * inputs + i] : 0
      for (let row = 0; row < data.count; row++) {
        const residual = p[row * data.classes + label] - (data.labels[row] === label ? 1 : 0)
        sum += residual * (i < data.width ? data.rows[row * data.width + i] : 1)
      }
      return Math.abs(sum)
    }),
  )
  return Math.max(0, ...entries)
}
