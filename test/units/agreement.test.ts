/** Which dimensions of a code are active, and in which order they matter, asked of everything that tells it of one run. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveFor, temporaryFolder, told } from '../../src/apps/cli/running.testing.ts'
import { desk } from '../../src/apps/studio/worker/desk.testing.ts'
import { toFloat32 } from '../../src/base/arrays.ts'
import { diagnose, type Evaluation, exampleReader, openRun, openRunModel } from '../../src/inside.node.ts'

const LATENT = 8
const home = process.cwd()
const folder = await temporaryFolder()

beforeAll(() => process.chdir(folder.path))
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const dimensionsIn = (page: string, pattern: RegExp): number[] =>
  [...page.matchAll(pattern)].map(([, dimension]) => Number(dimension))

/** The dimensions that each of them calls active, the strongest first; a count where it tells no more. */
async function answersOf(run: string) {
  const evaluation: Evaluation = JSON.parse(await told('evaluate', run, '--json'))
  await told('traverse', run, '--steps', '1', '--out', `${run}.csv`)
  const lines = (await readFile(`${run}.csv`, 'utf8')).trim().split('\n').slice(1)
  await told('report', run)
  const report = await readFile(`${run}/report.html`, 'utf8')
  await told('export', run, '--to', 'html', '--out', `${run}-page`)
  const [open] = (await readFile(`${run}-page/explorer.html`, 'utf8')).split('<details>')
  const { recipe, events } = await openRun(run).then(async (directory) => ({
    recipe: directory.recipe,
    events: await directory.events(),
  }))
  return {
    evaluate: evaluation.units.filter(({ isActive }) => isActive).map(({ dimension }) => dimension),
    counted: evaluation.activeUnits,
    traverse: [...new Set(lines.map((line) => Number(line.split(',')[0])))],
    report: dimensionsIn(report, /<p class="dimension"><b>z(\d+)<\/b>/g),
    reported: Number(/Active units<\/dt>\s*<dd[^>]*>\D*(\d+)/.exec(report)?.[1]),
    explorer: dimensionsIn(open, /data-dimension="(\d+)"/g),
    diagnosis: Number(/(\d+) of \d+ units active/.exec(diagnose({ recipe, events }).said)?.[1]),
    logged: events.findLast((event) => event.kind === 'epoch')?.activeUnits,
    studio: await inStudio(run),
  }
}

/** What the studio says of the run's weights and the rows that it held out. */
async function inStudio(path: string): Promise<number[]> {
  using run = await openRunModel(path)
  const { validation } = await run.splits()
  const { data, training } = run.trained.recipe
  const { x: rows } = await exampleReader(data.binarize, training.seed).heldOut(
    validation,
    validation.indices,
  )
  const page = desk()
  await page.ask('openRun', {
    name: path,
    weights: await readFile(`${path}/model/weights.safetensors`),
    examples: { data: toFloat32(rows.data), shape: rows.shape },
  })
  const units = await page.ask('units', null)
  return units.filter(({ isActive }) => isActive).map(({ dimension }) => dimension)
}

describe.each([
  ['charged', ['--objective', 'beta-vae', '--beta', '2']],
  ['pointed', ['--objective', 'autoencoder']],
  ['vamp', ['--objective', 'vamp-vae']],
])('a run: %s', (name, options) => {
  test('all of them agree', async () => {
    const training = ['--hidden', '32', '--epochs', '16', '--lr', '0.005', '--threads', '1']
    const held = ['--test', '0', '--validation', '0.2', '--no-report']
    await told('train', 'digits', '--latent', String(LATENT), ...options, ...training, ...held, '--out', name)
    const { evaluate, counted, logged, reported, diagnosis, ...others } = await answersOf(name)
    expect(evaluate.length).toBeGreaterThan(0)
    expect([counted, logged, reported, diagnosis]).toEqual(new Array(4).fill(evaluate.length))
    for (const [who, dimensions] of Object.entries(others)) expect([who, dimensions]).toEqual([who, evaluate])
  })
})
