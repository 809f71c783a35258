import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { inProcess, leaveFor, start, temporaryFolder } from './running.testing.ts'

const folder = await temporaryFolder()
const home = process.cwd()
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const LONG = [
  'digits',
  '--latent',
  '2',
  '--hidden',
  '16',
  '--threads',
  '1',
  '--batch',
  '16',
  '--steps',
  '3000',
  '--validation',
  '0',
  '--no-report',
]
const weights = (run: string) => readFile(join(folder.path, run, 'model', 'weights.safetensors'))

test('Ctrl-C keeps a checkpoint, and the run goes on to the same bits', async () => {
  const { process: child, seen, ended } = start(folder.path, ['train', ...LONG, '--out', 'stopped'])
  await seen('epoch  1/')
  child.kill('SIGINT')
  const { code, err } = await ended
  expect(code).toBe(130)
  expect(err).toContain('stopping at a safe place; once more to leave at once\n')
  expect(err).toContain('a checkpoint is kept\ngo on with: betavae resume stopped\n')
  process.chdir(folder.path)
  expect((await inProcess('resume', 'stopped', '--no-report')).code).toBe(0)
  expect((await inProcess('train', ...LONG, '--out', 'whole')).code).toBe(0)
  expect(await weights('stopped')).toEqual(await weights('whole'))
})
