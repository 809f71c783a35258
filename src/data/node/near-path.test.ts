import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { nearPath, pathFix } from './near-path.ts'

const folder = await mkdtemp(join(tmpdir(), 'betavae-near-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a path that is not there names what lies near and is called nearly so', async () => {
  await writeFile(join(folder, 'samples.csv'), '')
  await writeFile(join(folder, 'list.json'), '')
  expect(await nearPath(join(folder, 'sampels.csv'))).toBe(join(folder, 'samples.csv'))
  expect(await nearPath(join(folder, 'lists.json'))).toBe(join(folder, 'list.json'))
  expect(await nearPath(join(folder, 'weather.parquet'))).toBeUndefined()
  expect(await pathFix(join(folder, 'nowhere', 'samples.csv'))).toBe('check the path')
})
