import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { BetavaeError } from '../../../base/errors.ts'
import { readingThreads } from './pool.ts'

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

const missing = (path: string) =>
  readingThreads().run('readFileRecords', {
    file: { path, size: 1, changed: 0 },
    place: { start: 0, width: 1 },
    indices: Uint32Array.of(0),
  })

test('errors of a thread come out as they went in', async () => {
  const error = await missing(join(await folder(), 'none')).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(BetavaeError)
  expect(error).toMatchObject({ code: 'data/file-changed', usage: false, fix: expect.any(String) })
})

test('errors that are nobody’s complaint come out too', async () => {
  const run = readingThreads().run('scanImages', { folder: '.', files: undefined as never })
  await expect(run).rejects.toBeInstanceOf(TypeError)
})

test('a process whose threads have nothing to do ends by itself, and one that waits for them does not', async () => {
  const path = await folder()
  await writeFile(join(path, 'file'), 'abc')
  const program = `
    import { stat } from 'node:fs/promises'
    import { readingThreads } from ${JSON.stringify(join(import.meta.dirname, 'pool.ts'))}
    const path = ${JSON.stringify(join(path, 'file'))}
    const { size, mtimeMs: changed } = await stat(path)
    const bytes = await readingThreads().run('readFileRecords', {
      file: { path, size, changed }, place: { start: 1, width: 2 }, indices: Uint32Array.of(0),
    })
    process.stdout.write(bytes)
  `
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 20_000,
    encoding: 'utf8',
  })
  expect({ stdout, status }).toEqual({ stdout: 'bc', status: 0 })
})
