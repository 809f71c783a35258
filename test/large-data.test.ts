import { execFile } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { ndarray } from '../src/base/arrays.ts'
import { writeNpy } from '../src/data/formats/npy.ts'

const SIDE = 16
const ROW = 4 * SIDE * SIDE
const MIB = 2 ** 20

/** A file of `count` images of which all but a few are black, which takes next to no room on disk. */
async function sparseFile(folder: string, count: number): Promise<string> {
  const one = Buffer.from(writeNpy(ndarray(new Float32Array(ROW / 4), [1, SIDE, SIDE])))
  const header = one.subarray(0, one.length - ROW).toString('latin1')
  const path = join(folder, `${count}.npy`)
  const file = await open(path, 'w')
  try {
    const longer = header
      .replace('(1, ', `(${count}, `)
      .replace(`${' '.repeat(`${count}`.length - 1)}\n`, '\n')
    await file.write(longer, 0, 'latin1')
    await file.write(Buffer.from(Float32Array.of(3, -1, 2).buffer), 0, 12, header.length)
    await file.truncate(header.length + count * ROW)
  } finally {
    await file.close()
  }
  return path
}

async function peakOf(path: string, memory: number): Promise<number> {
  const child = join(import.meta.dirname, 'large-data.child.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [child, path, String(memory)])
  return Number(stdout)
}

test('memory does not grow with the data', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'betavae-large-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const small = await sparseFile(folder, 10_000)
  const large = await sparseFile(folder, 410_000)
  const peak = await peakOf(small, MIB)
  // 390 MiB more of data. What is read is garbage soon, but up to 100 MiB of it wait for the collector.
  expect((await peakOf(large, MIB)) - peak).toBeLessThan(160 * MIB)
  // Held in memory it shows, so what is measured does vary.
  expect((await peakOf(large, 1000 * MIB)) - peak).toBeGreaterThan(240 * MIB)
}, 120_000)
