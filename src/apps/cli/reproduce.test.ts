import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ReproductionResult, reproductions } from '../../inside.node.ts'
import { followReproduction } from './reproduce/follow.ts'
import { inProcess, leaveFor, memoryTerminal, start, temporaryFolder } from './running.testing.ts'

const home = process.cwd()
const folder = await temporaryFolder()
beforeAll(() => process.chdir(folder.path))
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

test('the list tells of every result, for people and for programs', async () => {
  const { out, code } = await inProcess('reproduce')
  expect(code).toBe(0)
  for (const { id } of reproductions) expect(out).toContain(`${id}\n`)
  expect(out.slice(0, out.indexOf('mnist-beta-4'))).toMatchInlineSnapshot(`
    "linear-vae-ppca
      a linear VAE with a learned σ reaches the likelihood of probabilistic PCA
      from: Lucas et al. 2019, "Don’t Blame the ELBO!", theorem 1; Tipping & Bishop 1999, eqs. 7 and 8
      full: 1800 steps on all 200 rows, about 6 seconds
        log-likelihood of probabilistic PCA less the ELBO, both in closed form, nats: 0 ± 0.001

    mnist-beta-1
      reconstruction and KL of a β-VAE 784-400-20 (ReLU) on grey MNIST at β = 1
      from: independent runs of the same model in PyTorch 1.13: reconstruction and KL 80.38 and 25.22, 80.01 and 25.42 (two seeds)
      full: 10 epochs, about 2 min
        reconstruction, test, one draw, nats: 80.2 ± 0.8
        KL, test, one draw, nats: 25.32 ± 0.8
        reconstruction + KL, test, one draw, nats: 105.52 ± 0.5

    "
  `)
  const list = JSON.parse((await inProcess('reproduce', '--json')).out) as { id: string }[]
  expect(list.map(({ id }) => id)).toEqual(reproductions.map(({ id }) => id))
})

test('a killed reproduction goes on and hits', async () => {
  const words = ['reproduce', 'linear-vae-ppca', '--threads', '1', '--out', 'ppca']
  const { process: child, ended } = start(folder.path, words)
  while (!existsSync(join('ppca', 'members', 'vae', 'events.jsonl'))) await sleep(5)
  child.kill('SIGKILL')
  await ended
  expect(child.signalCode).toBe('SIGKILL')
  const { code, out, err } = await inProcess(...words)
  expect([code, err]).toEqual([0, expect.stringContaining('vae resumed\n')])
  expect(out).toMatch(/0 ± 0\.001\s+0\.000\d {2}hit\n/)
  expect(out).toMatch(/\nhit in [\d.]+ (s|min)/)
  const json = JSON.parse((await inProcess(...words, '--json')).out) as ReproductionResult
  expect(json).toMatchObject({ id: 'linear-vae-ppca', schedule: 'full', verdict: 'hit' })
}, 120_000)

const missed: ReproductionResult = {
  id: 'tiny',
  schedule: 'full',
  plan: '00000000',
  betavae: '0',
  engine: 'native',
  threads: 2,
  processor: '2 × some',
  seconds: 75,
  judged: {},
  results: [
    { name: 'KL, nats', wanted: { value: 9, tolerance: 0.5 }, from: 'source', got: 9.125, hit: true },
    { name: 'difference', wanted: { atLeast: 3 }, from: 'own', got: 1, hit: false, note: '5 and 4' },
  ],
  verdict: 'miss',
}

test('a miss is told, and is a failure', async () => {
  const { terminal, written } = memoryTerminal()
  async function* events() {
    yield { kind: 'end', reason: 'finished', path: 'here', result: missed } as const
  }
  expect(await followReproduction(events(), { terminal, json: false })).toBe(1)
  expect(`\n${written.out}`).toMatchInlineSnapshot(`
    "
    tiny, schedule full
                 expected    got
    KL, nats      9 ± 0.5   9.13  hit
    difference  ≥ 3 (own)  1.000  MISS
      5 and 4
    MISS in 1 min 15 s, native, 2 threads of 2 × some
    "
  `)
})
