import { expect, test } from 'vitest'
import { fitBoostedRegression } from './boosted-regression.ts'

const ROUNDS = 100
const RATE = 0.1
const seed0 = { seed: 0 }

test('two steps: every round goes a tenth of what is left', async () => {
  const model = await fitBoostedRegression(
    { rows: Float64Array.of(0, 1, 2, 3), width: 1, targets: Float64Array.of(4, 4, 8, 8) },
    seed0,
  )
  const left = 2 * (1 - RATE) ** ROUNDS
  const found = model.values(Float64Array.of(-1, 1.4, 1.6, 9))
  expect(Array.from(found)).toEqual(
    [4 + left, 4 + left, 8 - left, 8 - left].map((own) => expect.closeTo(own, 10)),
  )
})

test('the unit of the targets does not matter', async () => {
  const rows = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i))
  const targets = rows.map((x) => x ** 3 - x)
  const learn = async (unit: number) => {
    const model = await fitBoostedRegression({ rows, width: 1, targets: targets.map((y) => unit * y) }, seed0)
    return Array.from(model.values(rows), (value) => value / unit)
  }
  const near = (await learn(1)).map((value) => expect.closeTo(value, 6))
  expect(await learn(1e-9)).toEqual(near)
  expect(await learn(1e9)).toEqual(near)
  expect(Math.max(...(await learn(1)).map((value, row) => Math.abs(value - targets[row])))).toBeLessThan(0.05)
})

test('constant targets are said as they are', async () => {
  const model = await fitBoostedRegression(
    { rows: Float64Array.of(0, 1, 2), width: 1, targets: Float64Array.of(7, 7, 7) },
    seed0,
  )
  expect(model.values(Float64Array.of(0, 9))).toEqual(Float64Array.of(7, 7))
})
