import { expect, test } from 'vitest'
import { coverage, errorsOf, fillPenguins } from './hidden-cells.ts'
import { picture } from './penguins-picture.ts'

test('penguins: hidden cells are filled in better than by means, modes and nearest rows, and it is known how surely', async () => {
  const trial = await fillPenguins(0)
  const errors = errorsOf([trial])
  expect(errors.map(({ column }) => column)).toEqual(trial.columns)
  const total = (way: 'average' | 'neighbors' | 'model') =>
    errors.reduce((sum, { errors: own }) => sum + own[way], 0) / errors.length
  expect(total('model')).toBeLessThan(0.5 * total('average'))
  expect(total('model')).toBeLessThan(total('neighbors'))
  expect(coverage([trial])).toBeGreaterThan(0.8)
  expect(picture(trial, errors).match(/<circle/g)?.length).toBeGreaterThan(100)
}, 90_000)
