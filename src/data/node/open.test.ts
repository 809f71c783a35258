import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { dataFile, lacks } from '../../../test/outside.ts'
import { ndarray } from '../../base/arrays.ts'
import { writeNpy } from '../formats/npy.ts'
import { openTable } from '../tables/node/open-table.ts'
import { plain } from './images/images.testing.ts'
import { openData } from './open.ts'

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

/** Where large files lie for the rest of a test. */
async function scratchFolder(): Promise<string> {
  const path = await folder()
  vi.stubEnv('TMPDIR', path)
  onTestFinished(() => void vi.unstubAllEnvs())
  return path
}

test('no password of any characters stands in a message', async () => {
  const given = fc.string({ unit: 'grapheme', maxLength: 12 })
  const source = fc.constantFrom(
    (secret: string) => `postgres://ann:${secret}@127.0.0.1:1/shop#v`,
    (secret: string) => `postgres:/ann:${secret}@h/shop`,
    (secret: string) => `mysql:ann:${secret}@h/shop.db`,
    (secret: string) => `host=h password='${secret.replace(/['\\]/g, '\\$&')}' dbname=shop.db`,
  )
  await fc.assert(
    fc.asyncProperty(given, source, async (middle, sourceOf) => {
      const named = sourceOf(`S3cret${middle}T3rces`)
      const readTable = async () => (await openTable(named)).chunks()[Symbol.asyncIterator]().next()
      for (const open of [() => openData(named), readTable]) {
        const said = await open().catch((error: Error) => `${error.stack} ${error.message}`)
        expect(said).toMatch(/data\/missing|database\/connect/)
        expect(said).not.toMatch(/S3cret|T3rces/)
      }
    }),
    { numRuns: 30 },
  )
})

describe('openData', () => {
  test('opens built-in names', async () => {
    expect(await openData('digits')).toMatchObject({ name: 'digits', count: 1797, exampleShape: [1, 8, 8] })
  })

  test('opens files and folders of IDX files', async () => {
    const path = await folder()
    await writeFile(join(path, 'x.npy'), writeNpy(ndarray(Float32Array.of(0, 1, 2), [3, 1])))
    expect(await openData(join(path, 'x.npy'))).toMatchObject({ name: 'x', count: 3, dtype: 'float32' })
    await writeFile(
      join(path, 'train-images-idx3-ubyte'),
      Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9),
    )
    expect(await openData(path)).toMatchObject({ count: 1, exampleShape: [1, 1, 1] })
  })

  test('opens folders of images', async () => {
    const path = await folder()
    await writeFile(join(path, '1.png'), plain(7))
    expect(await openData(path)).toMatchObject({ count: 1, exampleShape: [1, 3, 4], dtype: 'uint8' })
    expect(await openData(path, { size: 2, channels: 3 })).toMatchObject({ exampleShape: [3, 2, 2] })
  })

  test('files above the memory given are read row by row, to the same rows', async () => {
    const path = await folder()
    const table = Float32Array.from({ length: 600 }, (_, i) => Math.sin(i))
    await writeFile(join(path, 'x.npy'), writeNpy(ndarray(table, [200, 3])))
    const images = Uint8Array.from({ length: 800 }, (_, i) => i % 251)
    await writeFile(
      join(path, 'train-images-idx3-ubyte'),
      Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 200, 0, 0, 0, 2, 0, 0, 0, 2, ...images]),
    )
    await writeFile(
      join(path, 'train-labels-idx1-ubyte'),
      Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 200, ...images.subarray(0, 200)]),
    )
    for (const name of [path, join(path, 'x.npy'), join(path, 'train-images-idx3-ubyte')]) {
      const whole = await openData(name)
      const stored = await openData(name, { memory: 100 })
      expect([whole.prefetch, stored.prefetch]).toEqual([undefined, expect.any(Function)])
      const { read: _, ...about } = whole
      expect(stored).toMatchObject(about)
      const indices = Uint32Array.from({ length: 150 }, (_, i) => (i * 7) % 200)
      expect(await stored.read(indices)).toEqual(await whole.read(indices))
    }
  })

  test('of gzip files above the memory given rows are read from what is unpacked, to the same rows', async () => {
    const path = await folder()
    const table = Float32Array.from({ length: 60_000 }, (_, i) => Math.sin(i))
    const images = Uint8Array.from({ length: 80_000 }, (_, i) => i % 251)
    const idx = (...opening: number[]) => gzipSync(Uint8Array.from([...opening, ...images]))
    await writeFile(join(path, 'x.npy.gz'), gzipSync(writeNpy(ndarray(table, [20_000, 3]))))
    await writeFile(
      join(path, 'train-images-idx3-ubyte.gz'),
      idx(0, 0, 8, 3, 0, 0, 78, 32, 0, 0, 0, 2, 0, 0, 0, 2),
    )
    // Of signed bytes, which take four times as much in memory.
    await writeFile(join(path, 'signed-idx2.gz'), idx(0, 0, 9, 2, 0, 0, 78, 32, 0, 0, 0, 4))
    const scratch = await scratchFolder()
    for (const [name, memory] of [
      [path, 80_015],
      [join(path, 'x.npy.gz'), 240_127],
      [join(path, 'train-images-idx3-ubyte.gz'), 80_015],
      [join(path, 'signed-idx2.gz'), 319_999],
    ] as const) {
      const whole = await openData(name, { memory: memory + 1 })
      const stored = await openData(name, { memory })
      expect([whole.prefetch, stored.prefetch], name).toEqual([undefined, expect.any(Function)])
      const { read: _, ...about } = whole
      expect(stored).toMatchObject(about)
      const indices = Uint32Array.from({ length: 150 }, (_, i) => (i * 7919) % 20_000)
      expect(await stored.read(indices)).toEqual(await whole.read(indices))
    }
    expect(await readdir(scratch)).toHaveLength(4)
  })

  test.each([
    ['longer than its header says', [0, 0, 8, 2, 0, 0, 78, 32, 0, 0, 0, 3], 'gzip/torn'],
    ['shorter', [0, 0, 8, 2, 0, 0, 78, 32, 0, 0, 0, 5], 'gzip/torn'],
    [
      'of more bytes than the disk has',
      [0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255],
      'table/no-room',
    ],
  ])('a gzip file %s is refused, and leaves nothing on the disk', async (_, opening, code) => {
    const path = join(await folder(), 'a-idx2.gz')
    await writeFile(path, gzipSync(Uint8Array.from([...opening, ...new Array(80_000).fill(7)])))
    const scratch = await scratchFolder()
    await expect(openData(path, { memory: 1000 })).rejects.toMatchObject({ code })
    expect(await readdir(scratch)).toEqual([])
  })

  test('says what is wrong', async () => {
    const path = await folder()
    await expect(openData(path)).rejects.toMatchObject({
      code: 'data/folder',
      usage: true,
      seen: `neither images, tables nor IDX files in the folder "${basename(path)}", which is empty`,
    })
    await expect(openData('minst')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: unknown data set "minst"; wanted one of mnist, digits, dsprites, discs, or a file or folder. Fix: write mnist, or check the spelling; write ./name for a folder of that name. [data/unknown]]`,
    )
    await expect(openData('./no-such.csv')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: no file or folder "./no-such.csv"; wanted a .csv, .json, .xlsx, .parquet, .arrow, .npy, .npz or IDX file, a database, a folder of images, tables or IDX files, or one of mnist, digits, dsprites, discs. Fix: check the path. [data/missing]]`,
    )
    await expect(openData('minst')).rejects.toMatchObject({ usage: true })
    await expect(openData('./no-such.csv')).rejects.toMatchObject({ usage: true })
  })

  test.skipIf(lacks('data')).each([
    ['odds/arrhythmia.csv', 452, 274],
    ['odds/cardio.csv', 1831, 21],
    ['odds/ionosphere.csv', 351, 33],
    ['odds/letter.csv', 1600, 32],
    ['odds/pima.csv', 768, 8],
  ])('reads %s, beside the repository: %i rows of %i numbers', async (file, count, features) => {
    const dataset = await openData(dataFile(file), { classes: 2 })
    expect(dataset).toMatchObject({ count, exampleShape: [features], defaults: { likelihood: 'gaussian' } })
    expect(new Set(dataset.labels)).toEqual(new Set([0, 1]))
  })
})
