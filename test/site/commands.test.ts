/** An example of every command, as its help and the page of commands show it, runs against small runs. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbs } from '../../src/apps/cli/commands/index.ts'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { ndarray } from '../../src/base/arrays.ts'
import { writeNpy } from '../../src/data/formats/npy.ts'
import { put, trained } from '../advice/world.ts'
import { splitWords } from './words.ts'

const root = join(import.meta.dirname, '..', '..')
const home = process.cwd()
const folder = await temporaryFolder()

/** Examples that run, in an order in which each finds what it reads. */
const RUN: Readonly<Record<string, readonly string[]>> = {
  train: ['digits --epochs 50 --keep last', 'runs/mnist-1/recipe.json --seed 1'],
  resume: ['runs/mnist-1'],
  sweep: ['mnist --beta 0.25,1,4,16 --epochs 5 --out sweep'],
  explain: ['runs/mnist-1', 'mnist --beta 4 --l2 1e-5'],
  inspect: ['sensors.csv --kind visits=count --kind plant=categorical'],
  evaluate: ['runs/mnist-1'],
  metrics: ['codes.npy labels.npy --metrics mig,sap > metrics.csv'],
  report: ['runs/mnist-1'],
  runs: [''],
  reconstruct: ['runs/mnist-1 --out pairs.png'],
  sample: ['runs/mnist-1 --out samples.png --from gmm'],
  traverse: ['runs/mnist-1 --out t.png --dimensions 0,3 --example 7'],
  interpolate: ['runs/mnist-1 --out line.png --from-index 3 --to-index 8'],
  map: ['runs/table-1 new.csv --label class --out map.csv'],
  encode: ['runs/table-1 new.csv > codes.csv'],
  score: ['runs/table-1 new.csv --top 10', 'runs/table-1 new.csv --shard 3/7 --out scores.csv'],
  drift: ['march.csv april.csv'],
  impute: ['new.csv --run runs/penguins-1 --out filled.csv'],
  synthesize: ['runs/penguins-1 --where "Species=Adelie,Body Mass (g)>4000" --out heavy.csv'],
  merge: ['scores.csv'],
  export: ['runs/mnist-1 --to onnx', 'runs/table-1 --to score'],
  reproduce: [''],
  doctor: ['runs/mnist-1'],
  completion: ['bash'],
}

/** Commands of which no example runs here, and where they do run. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  import: 'weights that PyTorch wrote: test/torch',
  worker: 'needs a queue that serves: test/queue',
  queue: 'needs a queue that serves: test/queue',
  studio: 'serves until it is stopped: test/studio',
  serve: 'serves until it is stopped: test/serve',
}

/** Digits stand for MNIST, a few steps for a training, and what a shell redirects stays here. */
function asRun(verb: string, line: string): string[] {
  const words = splitWords(line.replace(/ > .*$/, '').replace(/^mnist\b/, 'digits'))
  if (verb !== 'train' && verb !== 'sweep') return [verb, ...words]
  const own = words.filter((word, at) => word !== '--epochs' && words[at - 1] !== '--epochs')
  return [verb, ...own, '--steps', '4', '--threads', '1', ...(verb === 'train' ? ['--no-report'] : [])]
}

beforeAll(async () => {
  process.chdir(folder.path)
  const rows = Array.from({ length: 80 }, (_, i) => ({
    a: (i * 37) % 11,
    b: Math.sin(i).toFixed(2),
    class: i % 3,
  }))
  const table = `a,b,class\n${rows.map(({ a, b, class: of }) => `${a},${b},${of}`).join('\n')}\n`
  await put('table.csv', table)
  await put('march.csv', table)
  await put(
    'april.csv',
    table.replaceAll(/^(\d+)/gm, (digits) => String(Number(digits) + 3)),
  )
  const sensors = rows.map(({ a, b }, i) => `${i % 4},${a},${b}`)
  await put('sensors.csv', `plant,visits,temp\n${sensors.join('\n')}\n`)
  const penguins = await readFile(join(root, 'examples', 'tables', 'penguins.csv'), 'utf8')
  await put('penguins.csv', penguins)
  const codes = Float32Array.from({ length: 160 }, (_, i) => Math.cos(i * i))
  await put('codes.npy', writeNpy(ndarray(codes, [80, 2])))
  await put(
    'labels.npy',
    writeNpy(
      ndarray(
        Int32Array.from(rows, ({ class: of }) => of),
        [80],
      ),
    ),
  )
  await trained('digits', '--set', 'model.latent.size=4', '--out', 'runs/mnist-1')
  await trained('table.csv', '--exclude', 'class', '--out', 'runs/table-1')
  await trained('penguins.csv', '--out', 'runs/penguins-1')
}, 60_000)

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

/** New rows for a run: of the table, or of the penguins. */
async function putNew(line: string): Promise<void> {
  await put('new.csv', await readFile(line.includes('penguins') ? 'penguins.csv' : 'table.csv', 'utf8'))
}

const lines = Object.entries(RUN).flatMap(([verb, own]) => own.map((line) => [verb, line] as const))

test.each(lines)('betavae %s %s', async (verb, line) => {
  const { command } = await verbs.find(({ name }) => name === verb)!.load()
  expect(command.examples.map(([one]) => one)).toContain(line)
  await putNew(line)
  if (verb === 'merge')
    for (const shard of [1, 2, 4, 5, 6, 7])
      await inProcess(...splitWords(`score runs/table-1 new.csv --shard ${shard}/7 --out scores.csv`))
  const { code, out, err } = await inProcess(...asRun(verb, line))
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  expect(out + err).not.toBe('')
})

test('every command has an example that runs, here or where it is said', () => {
  const told = [...Object.keys(RUN), ...Object.keys(ELSEWHERE)]
  expect(told.sort()).toEqual(verbs.map(({ name }) => name).sort())
})
