import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { rowEncoder } from './encode.ts'
import { inferSchema } from './infer-schema.ts'
import { tableLayout } from './layout.ts'
import { storedRows } from './node/stored-rows.ts'
import { packedRows } from './packed-rows.ts'
import { heldRows } from './row-store.ts'
import { tableOf } from './rows.ts'

const cells = fc.record({
  real: fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 })),
  count: fc.option(fc.integer({ min: 0, max: 6 })),
  yes: fc.option(fc.boolean()),
  level: fc.option(fc.constantFrom('north', 'south', 'east')),
  day: fc.option(fc.date({ min: new Date('2020-01-01'), max: new Date('2024-01-01'), noInvalidDate: true })),
})

/** Rows that every column can be told from, and then any. */
const table = fc
  .array(cells, { minLength: 1, maxLength: 40 })
  .map((rows) =>
    tableOf(
      [
        { real: 1.5, count: 2, yes: true, level: 'north', day: new Date('2021-02-03') },
        { real: 2.5, count: 3, yes: false, level: 'south', day: new Date('2022-02-03') },
        ...rows,
      ],
      'rows',
    ),
  )

async function encoded(stream: ReturnType<typeof tableOf>) {
  const kinds = { count: 'count', yes: 'binary', level: 'categorical', day: 'datetime' } as const
  const schema = await inferSchema(stream.chunks(), { kinds: { real: 'real', ...kinds } })
  const parts: Float32Array[] = []
  const encode = rowEncoder(schema)
  for await (const chunk of stream.chunks()) parts.push(encode(chunk))
  return { layout: tableLayout(schema), parts }
}

test('encoded rows come back to the same bits, from a fraction of their size', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (stream) => {
      const { layout, parts } = await encoded(stream)
      const { bytes, pack, unpack } = packedRows(layout)
      expect(bytes).toBeLessThan(4 * layout.width)
      for (const rows of parts) expect(unpack(pack(rows))).toEqual(rows)
    }),
    { numRuns: 50 },
  )
})

test('rows that were too many for memory are read from a file, which is gone with its process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rows-'))
  const { TMPDIR } = process.env
  process.env.TMPDIR = folder
  onTestFinished(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
    rmSync(folder, { recursive: true })
  })
  const rows = Array.from({ length: 300 }, (_, i) => ({
    ...{ real: Math.sin(i), count: i % 5, yes: i % 2 === 0, level: ['north', 'south', 'east'][i % 3] },
    day: new Date(Date.UTC(2020, 0, i)),
  }))
  const { layout, parts } = await encoded(tableOf(rows, 'rows'))
  const [held, stored] = [heldRows(layout), storedRows(1000)(layout)]
  for (const part of parts) for (const store of [held, stored]) store.add(part)
  const about = { name: 'rows' }
  const [a, b] = [await held.dataset(about), await stored.dataset(about)]
  expect(readdirSync(folder)).toHaveLength(1)
  const indices = Uint32Array.of(299, 0, 7, 7, 150)
  expect(await b.read(indices)).toEqual(await a.read(indices))
  expect(b).toMatchObject({ count: 300, exampleShape: a.exampleShape, dtype: 'float32' })
})
