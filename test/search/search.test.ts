/** Sweeps over any option: one in eta goes on, and whoever does ends with the bits of one long training. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  inProcess,
  leaveFor,
  onTerminal,
  start,
  temporaryFolder,
  told,
} from '../../src/apps/cli/running.testing.ts'

const folder = await temporaryFolder()
const home = process.cwd()
beforeAll(() => process.chdir(folder.path))
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const SHAPE = ['--hidden', '16', '--threads', '1', '--engine', 'native', '--steps', '90', '--no-report']
const OVER = ['--over', 'lr=1e-4..1e-2:log', '--over', 'latent=1,2,8']
const words = (out: string, ...more: string[]) => [
  ...['sweep', 'digits', ...SHAPE.slice(0, -1), ...OVER, '--out', out],
  ...more,
]

interface Found {
  readonly steps: { readonly taken: number; readonly all: number }
  readonly members: readonly {
    readonly name: string
    readonly rung: number
    readonly step: number
    readonly measures: Readonly<Record<string, number>>
  }[]
}
const ranking = async (out: string): Promise<Found> =>
  JSON.parse(await readFile(join(out, 'ranking.json'), 'utf8'))
const weights = (run: string) => readFile(join(run, 'model', 'weights.safetensors'))

test('a grid and its halving have the same best, with the bits of one training, at a third of the steps', async () => {
  const { out } = await inProcess(...words('grid'))
  const [head, ...lines] = out.trimEnd().split('\n')
  expect(head).toMatch(/^place,member,lr,latent,rung,step,steps,elbo,rate,distortion,activeUnits,/)
  expect(lines).toHaveLength(9)
  expect(await readFile('grid/results.csv', 'utf8')).toBe(out)
  const whole = await ranking('grid')
  const elbos = whole.members.map(({ measures }) => measures.elbo)
  expect(elbos).toEqual(elbos.toSorted((a, b) => b - a))
  await inProcess(...words('halved', '--halving', '3'))
  const halved = await ranking('halved')
  const [best] = halved.members
  expect(best).toEqual({ ...whole.members[0], rung: 2 })
  expect(halved.members.map(({ step }) => step).toSorted((a, b) => b - a)).toEqual([
    ...[90, 30, 30, 10, 10, 10, 10, 10, 10],
  ])
  expect(halved.steps.taken / halved.steps.all).toBeLessThan(0.4)
  const run = join('halved', 'members', best.name)
  await told('train', join(run, 'recipe.json'), '--out', 'long', '--no-report')
  expect((await weights(run)).equals(await weights('long'))).toBe(true)
  const page = await readFile('halved/report.html', 'utf8')
  expect(page.match(/<path class="(?:best|left|whole)"/g)).toHaveLength(9)
}, 90_000)

test('a search that was killed goes on with the same command, and comes to the same', async () => {
  const dying = start(folder.path, words('again', '--halving', '3'))
  await dying.seen('rung 2/3')
  dying.process.kill('SIGKILL')
  await dying.ended
  const { code } = await inProcess(...words('again', '--halving', '3'))
  expect(code).toBe(0)
  expect(await ranking('again')).toEqual(await ranking('halved'))
  const other = await inProcess(...words('again'))
  expect(other.err).toContain('[sweep/other-plan]')
  expect((await onTerminal(80, 'resume', 'again')).text).toContain('210 of 810 steps (26%)')
}, 60_000)

test('on a queue the best has the same bits, and goes on where its rung below has ended', async () => {
  // Few of them, since a queue looks once a second.
  const few = words('queued', '--halving', '3', '--queue', 'jobs').map((word) => word.replace('=1,2,8', '=1'))
  const { code, err } = await inProcess(...few)
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('rung 3/3') })
  const [best] = (await ranking('queued')).members
  expect(best).toEqual((await ranking('halved')).members[0])
  const run = join('members', best.name)
  expect((await weights(join('queued', run))).equals(await weights(join('halved', run)))).toBe(true)
  // It began once, and was resumed where it stood.
  const events = (await readFile(join('queued', run, 'events.jsonl'), 'utf8')).trimEnd().split('\n')
  const starts = events.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'start')
  expect(starts.map(({ step }) => step)).toEqual([0, 10, 30])
}, 90_000)

test('what cannot be is refused', async () => {
  const refused = async (...more: string[]) => (await inProcess('sweep', 'digits', ...more)).err
  expect(await refused('--over', 'colour=red')).toContain('[search/option]')
  expect(await refused('--over', 'latent=2,x')).toContain('[cli/option-value]')
  expect(await refused('--over', 'latent=2,4', '--over', 'latent=8')).toContain('twice')
  expect(await refused('--over', 'latent=2,4', '--seeds', '3')).toContain('--over seed=0,1,2')
  expect(await refused('--over', 'latent=2,4', '--rungs', '3')).toContain('--rungs without --halving')
  expect(await refused('--halving', '3')).toContain('--halving without --over')
  expect(await refused('--over', 'latent=2,4', '--best', 'colour')).toContain('[search/best]')
  const odd = ['--over', 'latent=2,4', '--steps', '2', '--hidden', '8', '--best', 'most:colour']
  expect(await refused(...odd)).toContain('[search/no-number]')
})
