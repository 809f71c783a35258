import { appendFile, mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { TableChunk } from '../../../data/tables/cell.ts'
import { tableOf } from '../../../data/tables/rows.ts'
import { openPlace } from './kept-place.ts'

const folder = await mkdtemp(join(tmpdir(), 'kept-place-'))
afterAll(() => rm(folder, { recursive: true }))

const files = { out: join(folder, 'made/lines.jsonl'), state: join(folder, 'place'), model: 'one' }
const rows = Array.from({ length: 10 }, (_, x) => ({ x }))
const table = tableOf(rows, 'rows')

async function firstOf(chunks: AsyncIterable<TableChunk>): Promise<TableChunk | undefined> {
  for await (const chunk of chunks) return chunk
  return undefined
}

test('lines count up to the place that was kept, and rows behind it are left', async () => {
  const begun = await openPlace(files)
  expect(begun.held).toBeUndefined()
  expect(await firstOf(begun.rest(table).chunks())).toMatchObject({ first: 0 })
  await begun.write('a\nb\n')
  await begun.keep(4, () => Uint8Array.of(7, 8), true)
  await begun.write('c\n')
  // Not long enough after the last.
  await begun.keep(5, () => Uint8Array.of(9))
  await begun.close()
  await appendFile(files.out, 'torn')
  const again = await openPlace(files)
  expect(again.held).toEqual(Uint8Array.of(7, 8))
  expect(await readFile(files.out, 'utf8')).toBe('a\nb\n')
  const rest = await firstOf(again.rest(table).chunks())
  expect(rest?.first).toBe(4)
  expect(rest?.rows).toEqual([4, 5, 6, 7, 8, 9].map((x) => [x]))
  await again.write('d\n')
  await again.close()
  expect(await readFile(files.out, 'utf8')).toBe('a\nb\nd\n')
})

test('other rows, another model, and lines that are gone are refused', async () => {
  const place = await openPlace(files)
  await expect(firstOf(place.rest(tableOf([{ x: 3 }], 'rows')).chunks())).rejects.toThrow('live/rows')
  await place.close()
  await expect(openPlace({ ...files, model: 'another' })).rejects.toThrow('live/state')
  await truncate(files.out, 1)
  await expect(openPlace(files)).rejects.toThrow('live/out')
})
