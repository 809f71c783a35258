/** A table of 30 columns: numbers that go together, counts, levels, with gaps. */
import { fillNormal, fillUniform } from '../../src/base/random.ts'

const NUMBERS = 24
const LEVELS = ['fern', 'moss', 'reed', 'sedge']

export type LoadRow = Readonly<Record<string, string | number | null>>

export function tableOf(count: number): LoadRow[] {
  const noise = fillNormal(new Float32Array(count * (NUMBERS + 4)), { seed: 3, stream: 1010, step: 0 })
  const chance = fillUniform(new Float32Array(count * (NUMBERS + 8)), { seed: 3, stream: 1011, step: 0 })
  return Array.from({ length: count }, (_, at) => {
    const own = noise.subarray(at * (NUMBERS + 4))
    const luck = chance.subarray(at * (NUMBERS + 8))
    const row: Record<string, string | number | null> = {}
    for (let column = 0; column < NUMBERS; column++) {
      const value = own[NUMBERS + (column % 4)] * (1 + column / 10) + own[column] / 2 + column
      row[`x${column}`] = luck[column] < 0.02 ? null : Number(value.toFixed(3))
    }
    row.visits = Math.floor(Math.exp(1 + own[NUMBERS] / 3 + luck[24]))
    row.errors = Math.floor(3 * luck[25])
    row.kind = LEVELS[Math.floor(4 * luck[26])]
    row.site = own[NUMBERS] > 0 ? 'north' : 'south'
    row.grade = ['low', 'mid', 'high'][Math.min(2, Math.floor(Math.abs(own[NUMBERS + 2])))]
    row.wet = luck[27] < 0.4 ? 'yes' : 'no'
    return row
  })
}
