import { execFile } from 'node:child_process'
import { createWriteStream, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { fillNormal, streamOf } from '../src/base/random.ts'

const COLUMNS = 50
const MIB = 2 ** 20

/** A CSV of numbers, of which two columns go together. */
async function writeTable(folder: string, rows: number): Promise<string> {
  const path = join(folder, `${rows}.csv`)
  const file = createWriteStream(path)
  file.write(`${Array.from({ length: COLUMNS }, (_, column) => `x${column}`).join(',')}\n`)
  const numbers = new Float32Array(COLUMNS)
  for (let row = 0; row < rows; row++) {
    fillNormal(numbers, { seed: 1, stream: streamOf('large-table'), step: row })
    numbers[1] += numbers[0]
    file.write(`${Array.from(numbers, (x) => x.toFixed(2)).join(',')}\n`)
  }
  file.end()
  await finished(file)
  return path
}

interface Told {
  /** The most bytes of objects and arrays that were in use at once. */
  readonly peak: number
  /** Bytes of arrays that are still there after the training. */
  readonly kept: number
  readonly digest: string
  readonly count: number
}

async function trainedOn(path: string, memory: number): Promise<Told> {
  const child = join(import.meta.dirname, 'large-table.child.ts')
  const env = { ...process.env, TMPDIR: join(path, '..') }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', child, path, String(memory)],
    { env },
  )
  return JSON.parse(stdout) as Told
}

test('memory does not grow with the rows of a table, and nothing is left of them', {
  timeout: 300_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'betavae-table-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const small = await trainedOn(await writeTable(folder, 20_000), MIB)
  const path = await writeTable(folder, 60_000)
  const stored = await trainedOn(path, MIB)
  const held = await trainedOn(path, 1000 * MIB)
  expect(stored).toMatchObject({ count: 60_000, digest: held.digest })
  // 23 MiB of encoded rows, which are there once where memory may hold them, and not at all where it may not.
  // What is fitted in the end is fitted to as many rows of both.
  expect(stored.peak - small.peak).toBeLessThan(5 * MIB)
  expect(held.peak - stored.peak).toBeGreaterThan(18 * MIB)
  expect(held.kept).toBeGreaterThan(22 * MIB)
  expect(stored.kept).toBeLessThan(15 * MIB)
  expect(readdirSync(folder).filter((name) => name.endsWith('.rows'))).toEqual([])
})
