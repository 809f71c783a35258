import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { records } from '../../runs/diagnosis/records.testing.ts'
import { onTerminal, temporaryFolder } from './running.testing.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)

test('alone on a terminal it says where to begin, with what lies there', async () => {
  process.chdir(folder.path)
  const bare = await onTerminal(80)
  expect(bare.code).toBe(0)
  expect(bare.out).toMatchInlineSnapshot(`
    "betavae: train, understand and ship variational autoencoders

    Begin
      betavae train digits  a VAE on 1,797 digits that come with it, with a report
      betavae studio        train, watch and explore in a page

    betavae --help lists everything
    "
  `)
  await writeFile('a b.csv', 'x,y\n1,2\n')
  await writeFile('list.json', ' [{"x": 1}]')
  await writeFile('package.json', '{"name": "mine"}')
  await writeFile('notes.txt', 'x\n')
  await mkdir('photos/cats', { recursive: true })
  for (let i = 0; i < 8; i++) await writeFile(`photos/cats/${i}.png`, '')
  await mkdir('icons')
  await writeFile('icons/one.png', '')
  await mkdir('runs/x', { recursive: true })
  await writeFile('runs/x/recipe.json', '{}')
  expect((await onTerminal(120)).out).toMatchInlineSnapshot(`
    "betavae: train, understand and ship variational autoencoders

    With what lies here
      betavae inspect 'a b.csv'       what its columns are
      betavae train 'a b.csv'         a model: odd rows, gaps, new rows
      betavae inspect list.json       what its columns are
      betavae train list.json         a model: odd rows, gaps, new rows
      betavae train photos --size 64  a model of the images in it
      betavae runs                    the run there is
      betavae explain runs/x          what the newest one minimizes, and what it came to

    Without data of your own
      betavae train digits  a VAE on 1,797 digits that come with it, with a report
      betavae studio        train, watch and explore in a page

    betavae --help lists everything
    "
  `)
  for (const columns of [60, 80, 120])
    for (const line of (await onTerminal(columns)).out.split('\n'))
      expect(line.length, line).toBeLessThanOrEqual(columns)
})

test('who stands among images is told to train on them, and of a model that ails who mends it', async () => {
  const here = process.cwd()
  await mkdir('among')
  process.chdir('among')
  for (let i = 0; i < 8; i++) await writeFile(`${i}.jpg`, '')
  const { recipe, events } = records.collapsed
  await mkdir('runs/ill', { recursive: true })
  await writeFile('runs/ill/recipe.json', JSON.stringify(recipe))
  await writeFile('runs/ill/events.jsonl', events.map((event) => `${JSON.stringify(event)}\n`).join(''))
  const { out } = await onTerminal(80)
  process.chdir(here)
  expect(out).toMatch(/^ {2}betavae train \. --size 64 {2,}a model of the images in it$/m)
  expect(out).toMatch(/^ {2}betavae doctor runs\/ill {2,}what ails the newest one, and what mends it$/m)
})

test('help fits a terminal of 80 columns, and tells the rest when asked', async () => {
  const short = await onTerminal(80, 'train', '--help')
  for (const line of short.out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80)
  expect(short.out.match(/^ {2}--/gm)?.length).toBeLessThan(30)
  const more = Number(/(\d+) more options: betavae train --help all/.exec(short.out)?.[1])
  const all = await onTerminal(80, 'train', '--help', 'all')
  expect(all.out.match(/^ {2}--/gm)?.length).toBe(more + (short.out.match(/^ {2}--/gm)?.length ?? 0))
  expect((await onTerminal(80, 'help', 'train', 'all')).out).toBe(all.out)
})
