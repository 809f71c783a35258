import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import {
  inProcess,
  leaveFor,
  listing,
  onTerminal,
  refusals,
  start,
  temporaryFolder,
} from './running.testing.ts'

const folder = await temporaryFolder()
const home = process.cwd()
process.chdir(folder.path)
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const WORDS = ['digits', '--beta', '0.25,1,16', '--latent', '2', '--hidden', '16', '--threads', '1']
const LONG = [...WORDS, '--batch', '16', '--steps', '250']
const table = (sweep: string) => readFile(join(sweep, 'frontier.json'), 'utf8')

test('a killed sweep goes on: nothing finished is repeated, and the table is the same', async () => {
  const { process: child, seen, ended } = start(folder.path, ['sweep', ...LONG, '--out', 'killed'])
  await seen('beta-1-seed-0 begun')
  child.kill('SIGKILL')
  expect((await ended).code).toBeNull()
  const finished = join('killed', 'members', 'beta-0.25-seed-0')
  const before = await listing(finished)
  const again = await inProcess('sweep', ...LONG, '--out', 'killed')
  expect(again.code).toBe(0)
  expect(again.err).not.toContain('beta-0.25-seed-0 begun')
  expect(again.err).toMatch(/beta-1-seed-0 (begun|resumed)\n/)
  expect(await listing(finished)).toEqual(before)
  expect((await inProcess('sweep', ...LONG, '--out', 'whole')).code).toBe(0)
  expect(await table('killed')).toBe(await table('whole'))
})

test('on a terminal the table and the suggestion are on stdout, progress is not', async () => {
  const { code, out, err } = await onTerminal(120, 'resume', 'whole')
  expect(code).toBe(0)
  expect(out).toMatch(/^Rate and distortion of digits, validation split, 180 examples; nats per example\n/)
  expect(out).toMatch(/\n +β +rate +bits +distortion +ELBO +active units +MIG\n0\.25 /)
  expect(out).toMatch(/\n(no )?suggested β/)
  expect(out).toContain('β of the highest ELBO = ')
  expect(err).toContain('1/3 beta-0.25-seed-0: rate ')
  expect(err).toContain('its page whole/report.html')
  const piped = await inProcess('resume', 'whole')
  expect(piped.out).toMatch(/^beta,seeds,rate,rate\.deviation,rateBits,distortion,.*,suggested\n0\.25,1,/)
  expect(piped.out.trim().split('\n')).toHaveLength(4)
  expect(piped.err).toContain('β of the highest ELBO = ')
})

test('--json prints one event a line, the last with the table; several seeds are ranked', async () => {
  const words = ['--beta', '1,4', '--seeds', '2', '--steps', '11', '--latent', '2', '--hidden', '8']
  const { code, out } = await inProcess('sweep', 'digits', ...words, '--threads', '1', '--json')
  expect(code).toBe(0)
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const path = join('runs', 'digits-sweep-1')
  expect(events[0]).toMatchObject({ kind: 'sweep', path })
  expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'finished', path })
  expect(events.at(-1).frontier).toEqual(JSON.parse(await table(path)))
  expect(events.at(-1).frontier.ranking.members).toHaveLength(4)
  expect(events.filter(({ kind }) => kind === 'judged')).toHaveLength(4)
  const { err: people } = await inProcess('resume', path)
  expect(people).toContain('Agreement with other seeds, without labels; 180 examples\n')
})

test('a member is a run like any other', async () => {
  const member = join('whole', 'members', 'beta-1-seed-0')
  const { code, out } = await inProcess('evaluate', member, '--split', 'validation', '--json')
  expect(code).toBe(0)
  const { members } = JSON.parse(await table('whole'))
  expect(JSON.parse(out)).toMatchObject({ kl: members[1].rate, reconstruction: members[1].distortion })
})

test('words that make no sweep change nothing on disk', async () => {
  expect(
    await refusals(
      'sweep digits --beta 1',
      'sweep digits --beta 1,1',
      'sweep digits --beta 1,x',
      'sweep digits --beta=-1,2',
      'sweep digits --beta 1,2 --seeds 0',
      'sweep digits --beta 1,2 --jobs none',
      'sweep digits --beta 1,2 --objective wae',
      'sweep digits --beta 1,2 --validation 0 --test 0',
      'sweep minst --beta 1,2',
      `sweep ${LONG.join(' ')} --seeds 2 --out whole`,
      'sweep digits --beta 1,2 --out whole/members/beta-1-seed-0',
    ),
  ).toMatchInlineSnapshot(`
    "
    sweep digits --beta 1
      2: β 1; wanted at least two, whose ends span a frontier. Fix: write for example --beta 0.25,0.5,1,2,4,8. [sweep/betas]
    sweep digits --beta 1,1
      2: β 1 twice; wanted each β once. Fix: write for example --beta 0.25,0.5,1,2,4,8. [sweep/betas]
    sweep digits --beta 1,x
      2: --beta 1,x; wanted numbers of at least 0, separated by commas. Fix: write for example --beta 0.25,0.5,1,2,4,8. [cli/option-value]
    sweep digits --beta=-1,2
      2: --beta -1,2; wanted numbers of at least 0, separated by commas. Fix: write for example --beta 0.25,0.5,1,2,4,8. [cli/option-value]
    sweep digits --beta 1,2 --seeds 0
      2: --seeds 0; wanted a whole number of at least 1. Fix: write for example --seeds 3. [cli/option-value]
    sweep digits --beta 1,2 --jobs none
      2: --jobs none; wanted a whole number of at least 1. Fix: write for example --jobs 2. [cli/option-value]
    sweep digits --beta 1,2 --objective wae
      2: objective "wae" without a term whose weight is β; wanted an objective that charges for the divergence from the prior. Fix: use --objective beta-vae, or another with β. [sweep/no-beta]
    sweep digits --beta 1,2 --validation 0 --test 0
      2: no rows held out; wanted rows that no member is trained on, to judge them by. Fix: use --validation 0.1. [sweep/no-held-out]
    sweep minst --beta 1,2
      2: unknown data set "minst"; wanted one of mnist, digits, dsprites, discs, or a file or folder. Fix: write mnist, or check the spelling; write ./name for a folder of that name. [data/unknown]
    sweep digits --beta 0.25,1,16 --latent 2 --hidden 16 --threads 1 --batch 16 --steps 250 --seeds 2 --out whole
      2: "whole" holds a sweep whose seeds is [0], not [0,1]; wanted the options that it began with, or a new folder. Fix: go on with it: betavae resume whole, or choose another --out. [sweep/other-plan]
    sweep digits --beta 1,2 --out whole/members/beta-1-seed-0
      2: "whole/members/beta-1-seed-0" holds a run already; wanted a new or empty folder. Fix: choose another --out, or go on with: betavae resume whole/members/beta-1-seed-0. [runs/exists]
    "
  `)
})
