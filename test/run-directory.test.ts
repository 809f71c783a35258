import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProcess, leaveFor } from '../src/apps/cli/running.testing.ts'
import { evaluateRun, open, openRun, openRunModel, resumeRun, trainRun } from '../src/inside.node.ts'

const home = process.cwd()
let folder: string
let weights: Buffer
const table = (scale: number) =>
  `a,b,c\n${Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(i), (i % 7) * scale].join(',')).join('\n')}\n`
const draft = {
  data: { source: 'table.csv' },
  model: { latent: { size: 2 }, architecture: { name: 'mlp', hidden: [4] } },
  training: { steps: 6, batch: 16 },
  engine: { threads: 1 },
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'betavae-'))
  process.chdir(folder)
  await writeFile('table.csv', table(1))
  await trainRun(draft)
  weights = await readFile('runs/table-1/model/weights.safetensors')
})

afterAll(async () => {
  await leaveFor(home)
  await rm(folder, { recursive: true })
})

async function copy(name: string): Promise<string> {
  await cp('runs/table-1', name, { recursive: true })
  return name
}

test('a run is called after its file and is evaluated from any place', async () => {
  const path = join(folder, 'runs', 'table-1')
  process.chdir('/')
  try {
    expect((await evaluateRun(path)).count).toBe(6)
    expect((await inProcess('runs', join(folder, 'runs'))).out).toMatch(/,table\.csv,/)
  } finally {
    process.chdir(folder)
  }
})

test('a draft that is none is refused before anything is made', async () => {
  const before = await readdir('runs')
  await expect(trainRun(null as never)).rejects.toMatchObject({ code: 'recipe/invalid', usage: true })
  expect(await readdir('runs')).toEqual(before)
})

test('open takes the path of a run, and an opened run is freed by name', async () => {
  using model = await open('runs/table-1')
  expect((await model.sample(2)).shape).toEqual([2, 6])
  await expect(open('runs')).rejects.toThrow('[runs/not-a-run]')
  const run = await openRunModel('runs/table-1')
  run.dispose()
  await expect(run.model.sample(1)).rejects.toThrow('[infer/disposed]')
})

test('data of the same size with other numbers are noticed', async () => {
  const path = await copy('changed')
  await writeFile('table.csv', table(2))
  try {
    const error = await evaluateRun(path).catch((caught: Error) => caught)
    expect((error as Error).message.replaceAll(folder, '')).toMatchInlineSnapshot(
      `"other rows in "/table.csv" than run "changed" began with; wanted the data of then, with the digests in its data.json. Fix: restore the data, or train anew. [runs/data-changed]"`,
    )
    await expect(resumeRun(path)).rejects.toThrow('[runs/data-changed]')
  } finally {
    await writeFile('table.csv', table(1))
  }
  expect((await evaluateRun(path)).count).toBe(6)
})

test('a torn model is named, and written again from the checkpoint by a resume', async () => {
  const path = await copy('torn')
  await truncate(join(path, 'model', 'weights.safetensors'), 700)
  await expect(evaluateRun(path)).rejects.toThrow(
    /torn\/model\/weights.safetensors: a safetensors file of 700 bytes; wanted a header that ends at byte \d+. Fix: write it again with: betavae resume torn. \[safetensors\/torn\]/,
  )
  const log = await (await openRun(path)).events()
  expect((await inProcess('resume', path, '--no-report')).code).toBe(0)
  expect(await readFile(join(path, 'model', 'weights.safetensors'))).toEqual(weights)
  const starts = (await (await openRun(path)).events()).filter((event) => event.kind === 'start')
  expect(starts.map(({ step }) => step)).toEqual([0, 6])
  expect(log.at(-1)).toMatchObject({ kind: 'end', reason: 'finished' })
  expect((await inProcess('resume', path)).err).toContain('is finished')
})

test('a run whose model and checkpoints are gone trains again', async () => {
  const path = await copy('emptied')
  await rm(join(path, 'model'), { recursive: true })
  await rm(join(path, 'checkpoints'), { recursive: true })
  await expect(evaluateRun(path)).rejects.toThrow(`betavae resume ${path}. [runs/no-model]`)
  expect((await inProcess('resume', path, '--no-report')).code).toBe(0)
  expect(await readFile(join(path, 'model', 'weights.safetensors'))).toEqual(weights)
})

test('two that write into one run: the second is refused, and the lock goes with the first', async () => {
  const path = await copy('busy')
  await rm(join(path, 'model'), { recursive: true })
  const first = resumeRun(path)[Symbol.asyncIterator]()
  await first.next()
  const log = await readFile(join(path, 'events.jsonl'))
  expect(await inProcess('resume', path)).toMatchObject({
    code: 1,
    err: expect.stringContaining('[runs/busy]'),
  })
  expect(await readFile(join(path, 'events.jsonl'))).toEqual(log)
  await first.return?.()
  expect(existsSync(join(path, '.lock'))).toBe(false)
})

test('training holds its run while it lasts', async () => {
  const first = trainRun(draft, { out: 'new' })[Symbol.asyncIterator]()
  await first.next()
  expect(existsSync(join('new', '.lock'))).toBe(true)
  await expect(resumeRun('new')).rejects.toThrow('[runs/busy]')
  await first.return?.()
  expect(existsSync(join('new', '.lock'))).toBe(false)
})

test('a model tells the name of its data and not where they lay', async () => {
  expect(weights.includes('table.csv')).toBe(true)
  expect(weights.includes(folder)).toBe(false)
  expect(await readFile('runs/table-1/model/card.json', 'utf8')).not.toContain(folder)
})
