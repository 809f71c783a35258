/** The cell that does not belong is named first, whatever number stands in it; and what flags rows. */
import { describe, expect, test } from 'vitest'
import { fillNormal } from '../../src/base/random.ts'
import { nodeEngines, openEngine, type TableModel, trainTable } from '../../src/inside.node.ts'

const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })
const NUMBERS = ['temp', 'press', 'flow', 'volt', 'amps', 'rpm'] as const
const CODES = [9999, -9999, 65535, 1e6]

/** Six columns of sensors that follow two causes, a level and a count that follow the first. */
function sensors(count: number, seed: number, step: number) {
  const noise = fillNormal(new Float32Array(count * 10), { seed, stream: 1017, step })
  return Array.from({ length: count }, (_, row) => {
    const [f, g, ...own] = noise.subarray(row * 10, row * 10 + 10)
    const load = f + 0.2 * own[6]
    return {
      temp: 20 + 5 * f + own[0],
      press: 100 + 20 * f + 5 * own[1],
      flow: 50 + 8 * f + 4 * g + own[2],
      volt: 230 - 3 * f + 2 * g + own[3] / 2,
      amps: 10 + g + own[4] / 5,
      rpm: 300 + 20 * f - 10 * g + 3 * own[5],
      load: load > 0.6 ? 'high' : load < -0.6 ? 'low' : 'mid',
      starts: Math.max(0, Math.round(10 + 4 * f + own[7])),
    }
  })
}

const named = async (model: TableModel, rows: readonly object[]) =>
  (await model.score(rows)).map(({ causes }) => causes.map(({ column }) => column))

describe.each([0, 1, 2, 3, 4])('seed %d', (seed) => {
  test('names the wrong cell first in 95% of rows or more', async () => {
    const rows = sensors(300, seed, 0)
    using model = await trainTable(rows, { training: { seed, steps: 100 } }, { engine })
    const fresh = sensors(12, seed, 1)
    let [hits, all] = [0, 0]
    for (const column of NUMBERS) {
      const codes = column === 'press' || column === 'rpm' || column === 'volt' ? CODES : [999, ...CODES]
      const odd = codes.flatMap((code) => fresh.map((row) => ({ ...row, [column]: code })))
      hits += (await named(model, odd)).filter(([first]) => first === column).length
      all += odd.length
    }
    expect(hits / all).toBeGreaterThan(0.95)
    const two = await named(
      model,
      fresh.map((row) => ({ ...row, temp: 999, amps: 999 })),
    )
    for (const [first, second] of two) expect([first, second].toSorted()).toEqual(['amps', 'temp'])
    const swapped = fresh.filter(({ load }) => load !== 'mid')
    const levels = await named(
      model,
      swapped.map((row) => ({ ...row, load: row.load === 'high' ? 'low' : 'high' })),
    )
    expect(levels.every(([first]) => first === 'load')).toBe(true)
    const counts = await named(
      model,
      fresh.map((row) => ({ ...row, starts: 400 })),
    )
    expect(counts.every(([first]) => first === 'starts')).toBe(true)
  })
})

test('flags the expected share of rows, says what found them, and expects what the other cells say', async () => {
  const rows = sensors(300, 7, 0)
  using model = await trainTable(rows, { training: { steps: 100 } }, { engine })
  const scored = await model.score(rows, { contamination: 0.1 })
  const flagged = scored.filter((row) => row.flagged).length
  expect(Math.abs(flagged / rows.length - 0.1)).toBeLessThan(0.05)
  expect(scored.every(({ foundBy }) => typeof foundBy === 'string')).toBe(true)
  const [{ causes }] = await model.score([{ ...rows[0], temp: 9999 }])
  expect(Math.abs(Number(causes[0].expected) - rows[0].temp)).toBeLessThan(5)
  const refused = (options: object) => model.score(rows, options).then(String, ({ code }) => code)
  expect(await refused({ contamination: 0.7 })).toBe('anomaly/contamination')
  expect(await refused({ contamination: 0.1, falseAlarm: 0.1 })).toBe('anomaly/two-thresholds')
})
