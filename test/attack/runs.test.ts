/** The short form of `npm run attack -- runs`: many runs, and the log of many steps. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { trainedOnDigits } from '../../src/export/trained.testing.ts'
import { journalOf } from '../../src/runs/journal.ts'
import { listRuns, openRun } from '../../src/runs/node/store.ts'
import { summarizeRun } from '../../src/runs/node/summarize.ts'

const STEPS = 100_000
const EPOCHS = 1000

const metrics = (at: number) => {
  const loss = 30 + 5 / (1 + at / 777)
  return {
    loss,
    reconstruction: loss - 4.0123456789,
    kl: 4.0123456789,
    elbo: -loss,
    terms: { kl: 4.0123456789 },
  }
}

/** What a training of so many steps writes into its log. */
function longLog(): string {
  const take = journalOf(STEPS)
  const stepsPerEpoch = STEPS / EPOCHS
  const lines: string[] = []
  const say = (event: Parameters<typeof take>[0]) =>
    lines.push(...take(event).map((line) => JSON.stringify(line)))
  for (let step = 1; step <= STEPS; step++) {
    const epoch = Math.ceil(step / stepsPerEpoch)
    say({ kind: 'step', step, epoch, ...metrics(step), weights: { kl: 1 }, learningRate: 0.001 })
    if (step % stepsPerEpoch > 0) continue
    const { loss, reconstruction, kl, elbo, terms } = metrics(step)
    const all = { loss, reconstruction, kl, elbo, terms }
    say({
      kind: 'epoch',
      epoch,
      step,
      train: all,
      validation: all,
      examplesPerSecond: 12_345.678,
      isBest: true,
    })
  }
  say({ kind: 'end', reason: 'finished', step: STEPS, epoch: EPOCHS, bestEpoch: EPOCHS, seconds: 99 })
  return `${lines.join('\n')}\n`
}

test('a log of 100,000 steps is short, and a thousand runs with one are listed at once', async () => {
  const log = longLog()
  expect(log.length).toBeLessThan(2 ** 21)

  const folder = mkdtempSync(join(tmpdir(), 'betavae-runs-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const one = join(folder, 'digits-0')
  mkdirSync(one)
  writeFileSync(join(one, 'recipe.json'), JSON.stringify((await trainedOnDigits()).recipe))
  writeFileSync(join(one, 'events.jsonl'), log)
  for (let i = 1; i < 1000; i++) cpSync(one, join(folder, `digits-${i}`), { recursive: true })

  const before = process.cpuUsage()
  const runs = await listRuns(folder)
  const told = await Promise.all(runs.map(async (path) => summarizeRun(await openRun(path))))
  const { user, system } = process.cpuUsage(before)
  expect(told).toHaveLength(1000)
  expect(told.at(-1)).toMatchObject({ state: 'finished', step: STEPS })
  // Half a second where nothing else runs; reading every line of every log would take many times that.
  expect((user + system) / 1e6).toBeLessThan(8)
})
