import { describe, expect, test } from 'vitest'
import { fitLinearSvm, sortedColumn, svmClass } from './linear-svm.ts'

const machineOf = (x: readonly number[], labels: readonly number[], classes: number) =>
  fitLinearSvm(sortedColumn(Float64Array.from(x)), Int32Array.from(labels), classes)

const repeated = (values: readonly number[], times: number) =>
  Array.from({ length: times }, () => values).flat()

describe('the one-dimensional support vector machine', () => {
  test('two classes at ±1, n rows each: ½w² + 2n·C(1 − w)² is least at 4nC/(1 + 4nC)', () => {
    const { slopes, intercepts } = machineOf(repeated([-1, 1], 50), repeated([0, 1], 50), 2)
    const w = (4 * 50 * 0.01) / (1 + 4 * 50 * 0.01)
    expect(slopes[1]).toBeCloseTo(w, 12)
    expect(slopes[0]).toBeCloseTo(-w, 12)
    expect(intercepts[1]).toBeCloseTo(0, 12)
  })

  test('a constant 0: the intercept alone, ½b² + C·n/K·(1 − b)² + C(n − nₖ)(1 + b)²', () => {
    // n = 60 rows of K = 3 classes of 10, 20 and 30.
    const labels = [...repeated([0], 10), ...repeated([1], 20), ...repeated([2], 30)]
    const { slopes, intercepts } = machineOf(new Array(60).fill(0), labels, 3)
    expect([...slopes]).toEqual([0, 0, 0])
    const wanted = [10, 20, 30].map((own) => {
      const [up, down] = [0.01 * (60 / 3), 0.01 * (60 - own)]
      return (2 * up - 2 * down) / (1 + 2 * up + 2 * down)
    })
    for (const [label, b] of wanted.entries()) expect(intercepts[label]).toBeCloseTo(b, 12)
  })

  // scikit-learn 1.9.1, LinearSVC(C=0.01, class_weight='balanced', tol=1e-13), on x and labels as below.
  test('agrees with LIBLINEAR on classes of different sizes that overlap', () => {
    const x = Array.from({ length: 90 }, (_, i) => ((i * 37) % 90) / 30 - 1)
    const labels = x.map((value, i) => (value + (i % 7) / 5 > 1.4 ? 2 : value + (i % 5) / 4 > 0.6 ? 1 : 0))
    const { slopes, intercepts } = machineOf(x, labels, 3)
    const wanted = {
      slopes: [-0.4961363061844925, -0.04572689708977493, 0.41802558395808914],
      intercepts: [-0.0350947302357654, -0.24210336473480648, -0.29932755010298334],
    }
    for (const label of [0, 1, 2]) {
      expect(slopes[label]).toBeCloseTo(wanted.slopes[label], 6)
      expect(intercepts[label]).toBeCloseTo(wanted.intercepts[label], 6)
    }
  })

  test('never predicts a class without rows, and the only class always', () => {
    const machine = machineOf([-1, 0, 1], [0, 0, 2], 3)
    expect([-5, -1, 0, 1, 5].map((x) => svmClass(machine, x))).not.toContain(1)
    expect(svmClass(machineOf([1, 2], [1, 1], 3), -4)).toBe(1)
  })
})
