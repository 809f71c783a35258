import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BetavaeError } from '../../src/base/errors.ts'
import { openTable } from '../../src/data/tables/node/open-table.ts'
import { dice } from '../../src/data/tables/readers/dice.testing.ts'
import { visits, writeCsv, writeDuckDb, writeSqlite } from './visits.ts'

/** Changed files of each kind; `BETAVAE_MUTANTS=10000` for a long run. */
const COUNT = Number(process.env.BETAVAE_MUTANTS ?? 150)

let folder: string
const whole: Record<string, Uint8Array> = {}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutants-'))
  const rows = visits().slice(0, 60)
  const csv = writeCsv(folder, rows)
  const text = readFileSync(csv)
  Object.assign(whole, {
    'shop.sqlite': readFileSync(writeSqlite(folder, rows)),
    'shop.duckdb': readFileSync(await writeDuckDb(folder, csv)),
    'visits.csv.gz': gzipSync(text),
    'visits.csv.zst': zstdCompressSync(text),
    'visits.csv.zip': zipSync({ 'visits.csv': text }),
  })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function mutated(bytes: Uint8Array, roll: (below: number) => number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  for (let times = 1 + roll(6); times > 0; times--) {
    // What a file says of itself stands at its beginning.
    const at = roll(2) === 0 ? roll(Math.min(200, changed.length)) : roll(changed.length)
    if (roll(2) === 0) changed[at] ^= 1 << roll(8)
    else changed.fill(roll(256), at, at + 1 + roll(16))
  }
  return roll(8) === 0 ? changed.subarray(0, roll(changed.length)) : changed
}

async function outcomeOf(path: string): Promise<'read' | 'refused'> {
  try {
    const source = /sqlite|duckdb/.test(path) ? `${path}#visits` : path
    for await (const { columns, rows } of (await openTable(source)).chunks())
      if (rows.some((row) => row.length !== columns.length)) throw new Error('a row of another width')
    return 'read'
  } catch (error) {
    if (error instanceof BetavaeError) return 'refused'
    throw new Error(`${path} cannot be told`, { cause: error })
  }
}

test.each(['shop.sqlite', 'shop.duckdb', 'visits.csv.gz', 'visits.csv.zst', 'visits.csv.zip'])(
  '%s: changed files are read or refused',
  async (name) => {
    const roll = dice(2463534242)
    const outcomes = { read: 0, refused: 0 }
    for (let file = 0; file < COUNT; file++) {
      const path = join(folder, `${file}-${name}`)
      writeFileSync(path, mutated(whole[name], roll))
      outcomes[await outcomeOf(path)]++
      rmSync(path, { force: true })
    }
    expect(outcomes.read + outcomes.refused).toBe(COUNT)
    expect(outcomes.refused).toBeGreaterThan(COUNT / 20)
  },
  Math.max(120_000, COUNT * 500),
)
