/** The short form of `npm run attack -- mutants`: of each reader some mutants whose checksums fit. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dishes } from '../../scripts/attack/mutants/dishes.ts'
import { gaugeOf } from '../../scripts/attack/mutants/gauge.ts'
import { tasted } from '../../scripts/attack/mutants/mutant.ts'

const COUNT = 40

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'betavae-mutants-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Mutants that were faults: they ended the process, took the decoder of others with them, or had no room on the stack. */
const faults: Readonly<Record<string, readonly number[]>> = {
  DuckDB: [3, 23, 635],
  JPEG: [219],
  JSON: [1783, 6153],
  recipe: [3469],
}

test.each(dishes)('$name: mutants are read or refused', async (dish) => {
  const seeds = await dish.seeds(folder)
  const gauge = gaugeOf()
  const some = Array.from({ length: COUNT }, (_, i) => 1 + 2 * i)
  const outcomes = []
  for (const index of [...(faults[dish.name] ?? []), ...some])
    outcomes.push(await tasted(dish, seeds, index, folder, gauge))
  expect(outcomes.filter(({ was }) => was === 'unexpected')).toEqual([])
  expect(outcomes.filter(({ seconds, grown }) => seconds > 2 || grown > 2 ** 29)).toEqual([])
  // Were all refused, or none, they would show nothing.
  expect(new Set(outcomes.map(({ was }) => was)).size).toBe(2)
})
