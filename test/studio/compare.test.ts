/** Runs on disk: compared, explored, and followed while another process writes them. */
import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { sweep, trainRun } from '../../src/inside.node.ts'
import { lockRun } from '../../src/runs/node/lock.ts'
import { forAxe, seriousFindings } from './axe.ts'
import { studioTest, visit } from './harness.ts'
import { runsFolder, smallDraft, startedCopy, trainSmall } from './runs.ts'

const runs = await runsFolder()
afterAll(() => runs[Symbol.asyncDispose]())
await trainSmall(runs, 'digits-1')
await trainRun(
  { ...smallDraft, objective: { name: 'beta-vae' }, training: { steps: 60, seed: 2 } },
  { out: join(runs.path, 'digits-2') },
)
const draft = { ...smallDraft, training: { steps: 60, seed: 1 } }
for await (const _ of sweep({ recipe: draft, betas: [0.1, 1, 4] }, { out: join(runs.path, 'sweep-1') }));

studioTest('two runs side by side, what was done differently, and a sweep’s frontier', async () => {
  await using studio = await visit({ runs: runs.path, at: '#compare', context: forAxe })
  const { page, complaints } = studio
  await page.getByRole('checkbox', { name: /^digits-1/ }).waitFor({ timeout: 20_000 })
  const third = page.getByRole('checkbox', { name: /^sweep-1.*beta-0\.1/ })
  expect(await third.isChecked()).toBe(true)
  await third.uncheck()
  expect(decodeURIComponent(page.url())).toContain('runs=digits-1|digits-2')

  const numbers = page.getByRole('region', { name: 'Final numbers of the runs' })
  const better = numbers.getByRole('row', { name: /^ELBO/ }).locator('.best')
  await better.waitFor({ timeout: 10_000 })
  const shown = await numbers.getByRole('row', { name: /^ELBO/ }).getByRole('cell').allInnerTexts()
  const elbos = shown.map((text) => Number(text.replace('−', '-').replace('better', '')))
  const logged = await Promise.all(
    ['digits-1', 'digits-2'].map(async (name) => {
      const lines = (await readFile(join(runs.path, name, 'events.jsonl'), 'utf8')).trim().split('\n')
      return lines.map((line) => JSON.parse(line)).findLast(({ kind }) => kind === 'epoch').validation.elbo
    }),
  )
  elbos.forEach((elbo, i) => {
    expect(elbo).toBeCloseTo(logged[i], 1)
  })
  expect(Number((await better.innerText()).replace('−', '-').replace('better', ''))).toBe(Math.max(...elbos))

  const differences = page.getByRole('region', { name: 'Differences of the recipes' })
  expect(await differences.getByRole('row', { name: /^objective kl weight/ }).innerText()).toMatch(/1\s+4$/)
  expect(await differences.getByRole('row', { name: /^training seed/ }).innerText()).toMatch(/1\s+2$/)
  await page.getByRole('img', { name: /^ELBO\. digits-1: .*digits-2: / }).waitFor()
  await page.getByRole('radio', { name: 'KL' }).check()
  await page.getByRole('img', { name: /^KL\. digits-1: .*digits-2: / }).waitFor()
  await page
    .getByRole('img', { name: /^sweep-1\. Frontier: from rate .* at β = 0\.1 to .* at β = 4/ })
    .waitFor()
  await page.getByRole('term').filter({ hasText: 'for likelihood' }).waitFor()
  await page.getByRole('button', { name: 'Compare its runs' }).click()
  await numbers.getByRole('columnheader', { name: /beta-4/ }).waitFor({ timeout: 10_000 })
  await numbers.locator('.mark', { hasText: 'best' }).first().waitFor()
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [390, 1440]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      expect(await seriousFindings(page), `${width} px, ${colorScheme}`).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    }
  expect(complaints).toEqual([])
})

studioTest('members of a sweep on a queue appear when they start, with how far they are', async () => {
  const path = join(runs.path, 'sweep-2')
  await cp(join(runs.path, 'sweep-1', 'sweep.json'), join(path, 'sweep.json'))
  const tell = (step: number) =>
    writeFile(
      join(path, 'queue.json'),
      JSON.stringify([
        { name: 'beta-1-seed-1', state: 'running', worker: 'one:7', step, steps: 60 },
        { name: 'beta-4-seed-1', state: 'waiting', worker: null, step: 0, steps: 60 },
      ]),
    )
  try {
    await using _lock = await lockRun(path)
    await tell(15)
    await using studio = await visit({ runs: runs.path, at: '#compare?sweep=sweep-2' })
    const bar = studio.page.getByRole('progressbar', { name: 'beta-1-seed-1' })
    await bar.waitFor({ timeout: 20_000 })
    expect(await bar.getAttribute('value')).toBe('0.25')
    await studio.page.getByText('1 of 3 trainings have begun, 1 wait in the queue').waitFor()
    await tell(45)
    await studio.page.getByText('45 of 60 steps on one:7').waitFor({ timeout: 10_000 })
    expect(studio.complaints).toEqual([])
  } finally {
    await rm(path, { recursive: true })
  }
})

studioTest('a run on disk is explored and taken away, and its address leads to it again', async () => {
  await using studio = await visit({ runs: runs.path, at: '#compare' })
  const { page, complaints } = studio
  await page.getByRole('link', { name: 'Explore digits-1' }).click({ timeout: 20_000 })
  const map = page.getByRole('application', { name: /^Map of \d+ examples, colored by class/ })
  await map.waitFor({ timeout: 40_000 })
  await page.reload()
  await map.waitFor({ timeout: 40_000 })
  expect(page.url()).toContain('run=digits-1')
  await page.getByRole('link', { name: 'Take away', exact: true }).click()
  await page.getByText('digits-1-decoder.onnx').waitFor({ timeout: 30_000 })
  expect(complaints).toEqual([])
})

studioTest('a run in training is followed to its end', async () => {
  const { log, rest } = await startedCopy(runs, 'digits-2', 'live', 8)
  await using studio = await visit({ runs: runs.path, at: '#compare' })
  const { page, complaints } = studio
  await page.getByRole('link', { name: 'Watch live' }).click({ timeout: 20_000 })
  await page.getByRole('heading', { name: 'live' }).waitFor({ timeout: 15_000 })
  const progress = page.getByText(/^step \d+ of 60 · /)
  await expect.poll(() => progress.innerText()).toMatch(/^step [1-9] of 60 · followed as it is written/)
  await appendFile(log, rest.join(''))
  await expect.poll(() => progress.innerText()).toBe('step 60 of 60 · at its end')
  await page.getByRole('img', { name: /^Loss\. each batch: .* at step 60, / }).waitFor()
  await page.getByRole('img', { name: /^Path of this run\. This run: from rate/ }).waitFor()
  await page.locator('.said').waitFor({ timeout: 20_000 })
  expect(page.url()).toContain('#watch?run=live')
  await page.getByRole('button', { name: "Back to this page's training" }).click()
  await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor()
  expect(complaints).toEqual([])
})

studioTest('of a run whose folder is removed while it is followed, what was seen stays', async () => {
  const { run } = await startedCopy(runs, 'digits-2', 'removed', 8)
  await using studio = await visit({ runs: runs.path, at: '#watch?run=removed' })
  const { page } = studio
  const chart = page.getByRole('img', { name: /^Loss\. each batch: / })
  await chart.waitFor({ timeout: 20_000 })
  await rm(run, { recursive: true })
  await page
    .getByRole('alert')
    .filter({ hasText: 'The folder of this run was removed' })
    .waitFor({ timeout: 15_000 })
  await chart.waitFor()
  await page.getByRole('link', { name: 'Choose another run' }).click()
  await page.getByRole('checkbox', { name: /^digits-1/ }).waitFor({ timeout: 10_000 })

  await page.goto(`${studio.site}#watch?run=removed`)
  await page.reload()
  await page.getByRole('alert').filter({ hasText: 'no run "removed"' }).waitFor({ timeout: 15_000 })
  await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor()
})

studioTest('a page without a server says how to get runs', async () => {
  await using studio = await visit()
  const { page, site } = studio
  await page.route(site, async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/<meta name="betavae-server"[^>]*>/, '')
    await route.fulfill({ response, body })
  })
  await page.goto(`${site}#compare`)
  await page.reload()
  await page.getByText(/run betavae studio in their folder/).waitFor({ timeout: 15_000 })
})
