import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { storedFile } from './stored-file.ts'

async function fileOf(bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'betavae-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'rows.bin'), bytes)
  return join(folder, 'rows.bin')
}

test('gives records in the order asked for, from as many threads as it takes', async () => {
  const bytes = Uint8Array.from({ length: 3 + 500 * 7 }, (_, i) => (i * 13) % 251)
  const file = await storedFile(await fileOf(bytes))
  expect(file.size).toBe(bytes.length)
  expect(await file.opening(5)).toEqual(bytes.slice(0, 5))
  expect(await file.opening(10_000)).toEqual(bytes)
  for (const count of [0, 1, 63, 64, 700]) {
    const indices = Uint32Array.from({ length: count }, (_, i) => (i * 173) % 500)
    const wanted = [...indices].flatMap((index) => [...bytes.subarray(3 + index * 7, 10 + index * 7)])
    expect([...(await file.records({ start: 3, width: 7 }, indices))], `${count} records`).toEqual(wanted)
  }
})

test('a file that has been changed is not read', async () => {
  const path = await fileOf(new Uint8Array(100))
  const [longer, newer] = [await storedFile(path), await storedFile(path)]
  const read = (file: typeof longer) => file.records({ start: 0, width: 10 }, [1])
  await read(longer)
  await appendFile(path, 'x')
  await expect(read(longer)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: rows.bin has been changed since it was opened; wanted a file that stays as it is while it is in use. Fix: put it back, or begin again when nothing writes into it. [data/file-changed]]`,
  )
  await utimes(path, 1, 1)
  await expect(read(newer)).rejects.toThrow('[data/file-changed]')
  await rm(path)
  await expect(read(newer)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: rows.bin can no longer be read (ENOENT); wanted a file that stays as it is while it is in use. Fix: put it back, or begin again when nothing writes into it. [data/file-changed]]`,
  )
  await writeFile(path, '')
})
