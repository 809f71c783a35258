import { describe, expect, test } from 'vitest'
import { fixed } from './format.ts'
import { buildReport } from './report.ts'
import { bars, runOf, table, withActive } from './world.testing.ts'

const nasty = `<script>alert("x")</script>&'`

const headings = (page: string) => [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, text]) => text)
const images = (page: string) => [...page.matchAll(/<img [^>]*src="([^"]{0,30})/g)].map(([, src]) => src)

/** Those of some texts that a page lacks, so that a failure does not print the page. */
const lacking = (page: string, ...texts: string[]) => texts.filter((text) => !page.includes(text))
const showing = (page: string, ...texts: string[]) => texts.filter((text) => page.includes(text))

/** What holds for every report. */
function expectSelfContained(page: string): void {
  expect(page.slice(0, 15)).toBe('<!doctype html>')
  expect(page.match(/https?:|<link|@import|url\(/g)).toBeNull()
  for (const src of images(page)) expect(src).toMatch(/^data:image\/png;base64,/)
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page.replaceAll(/base64,[^"]*/g, '').match(/.{20}(NaN|Infinity|undefined|\[object)/g)).toBeNull()
}

test('images: every part, embedded', async () => {
  const request = await runOf({ ...bars(), draft: { data: { validation: 0.2 } } })
  const page = await buildReport(request)
  expectSelfContained(page)
  expect(headings(page)).toEqual([
    'Diagnosis',
    'Training',
    'Reconstructions',
    'Samples',
    'Interpolations',
    'Traversals',
    'The code',
    'The KL taken apart',
    'Objective',
    'Repeat it',
  ])
  expect(images(page).length).toBeGreaterThan(4)
  const { elbo, reconstruction, kl } = request.evaluation
  const numbers = [elbo, reconstruction, kl].map((value) => `>${fixed(value)}<`)
  const words = [
    'validation, after the epoch',
    '>betavae train world<',
    '>L = −log N(x; x̂, σ² = 1) + KL(q(z|x) ‖ N(0, I))<',
  ]
  expect(lacking(page, ...numbers, ...words)).toEqual([])
})

test('a model that is told the class: samples of each, and examples that become another', async () => {
  const draft = { objective: { name: 'conditional-vae' } }
  const request = await runOf({ ...bars(), draft })
  const page = await buildReport(request)
  expectSelfContained(page)
  expect(headings(page)).toContain('By label')
  const words = ['>Samples of each label<', 'samples of label 1', '>One code under each label: 0, 1<']
  expect(lacking(page, ...words)).toEqual([])
  const rows = await runOf({ rows: table(3), labels: bars().labels as Int32Array, draft })
  const numbers = await buildReport(rows)
  expectSelfContained(numbers)
  expect(lacking(numbers, 'data-csv="Samples by label"', 'data-csv="Rows under each label"')).toEqual([])
})

test('begins with what happened and what to do, and says each number once', async () => {
  const draft = { data: { validation: 0.2 }, training: { epochs: 8 } }
  const request = await runOf({ ...bars(), draft })
  const page = await buildReport({ ...request, place: 'runs/a b' })
  const text = page
    .split('<body>')[1]
    .replace(/<script[\s\S]*?<\/script>|<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<[^>]+>/g, ' ')
  const { elbo, reconstruction, kl, activeUnits } = request.evaluation
  const once = [
    fixed(elbo),
    fixed(reconstruction),
    fixed(kl),
    'for 8 epochs',
    `${activeUnits}   of 3`,
    'Trained on',
  ]
  expect(once.map((fact) => [fact, text.split(fact).length - 1])).toEqual(once.map((fact) => [fact, 1]))
  const [verdict] = /<p class="lede verdict">.*?<\/p>/s.exec(page) ?? ['']
  expect(verdict).toMatch(/this model (is healthy|has (one thing|something) to mend: \w+)/)
  expect(verdict).toContain('<code>betavae tra')
  expect(verdict).toContain('runs/a b')
})

test('names from outside are shown as text, wherever they come from', async () => {
  const request = await runOf({ name: nasty, rows: table(3), columns: [nasty, 'b', 'c'] })
  const page = await buildReport({
    ...request,
    evaluation: { ...request.evaluation, split: nasty },
    events: [...request.events, { kind: 'warning', code: 'w', message: nasty }],
    environment: { versions: { [nasty]: nasty }, machine: nasty, date: nasty },
  })
  expectSelfContained(page)
  expect(showing(page, 'alert("', '</script>&')).toEqual([])
  expect(page.match(/&#60;script&#62;/g)?.length).toBeGreaterThan(8)
})

describe('tables', () => {
  test('few columns become strips with their names', async () => {
    const page = await buildReport(await runOf({ rows: table(4), columns: ['height', 'b', 'c', 'd'] }))
    expectSelfContained(page)
    expect(images(page)).toEqual([])
    expect(lacking(page, 'class="chart strips"', '>height</text>')).toEqual([])
  })

  test('many columns become curves', async () => {
    const page = await buildReport(await runOf({ rows: table(30) }))
    expectSelfContained(page)
    expect(showing(page, 'class="chart strips"', '>column</text>')).toEqual(['>column</text>'])
  })
})

test('a deterministic latent: no ELBO, no KL, samples labeled as what they are', async () => {
  const draft = { objective: { name: 'regularized-autoencoder' } }
  const page = await buildReport(await runOf({ ...bars(), draft }))
  expectSelfContained(page)
  expect(showing(page, '<dt>ELBO</dt>', 'KL per dimension', 'drawn from the prior')).toEqual([])
  expect(lacking(page, 'drawn from Gaussians fitted to', '‖z‖²')).toEqual([])
})

test('one epoch without validation', async () => {
  const draft = { data: { validation: 0 }, training: { epochs: 1 } }
  const page = await buildReport(await runOf({ ...bars(), draft }))
  expectSelfContained(page)
  expect(lacking(page, 'cannot show overfitting', 'for 1 epoch (')).toEqual([])
  expect(showing(page, 'validation, after the epoch')).toEqual([])
})

test('examples that were trained on are not called held out', async () => {
  const request = await runOf(bars())
  const page = await buildReport({ ...request, evaluation: { ...request.evaluation, split: 'train' } })
  expect(page.match(/held[- ]out|not trained on/g)).toBeNull()
  expect(lacking(page, 'images of the train split', 'on which it was trained')).toEqual([])
})

test('without a log or held-out rows, numbers, objective and recipe remain', async () => {
  const { heldOut: _, ...request } = await runOf(bars())
  const page = await buildReport({ ...request, events: [] })
  expectSelfContained(page)
  expect(headings(page)).toEqual(['The code', 'The KL taken apart', 'Objective', 'Repeat it'])
  expect(images(page)).toEqual([])
})

test.each([
  ['linear(0, 1, 5)', ['Weight of kl']],
  [1, []],
])('a weight of %s draws %j', async (weight, drawn) => {
  const draft = { objective: { terms: [{ term: 'kl', weight }] } }
  expect(showing(await buildReport(await runOf({ ...bars(), draft })), 'Weight of kl')).toEqual(drawn)
})

test('says how a run ended', async () => {
  const request = await runOf(bars())
  const ended = (reason: 'interrupted' | 'early-stop' | 'finished') =>
    buildReport({
      ...request,
      events: request.events.map((event) =>
        event.kind === 'end' ? { ...event, reason, bestEpoch: 1 } : event,
      ),
    })
  expect(lacking(await ended('interrupted'), 'can be resumed')).toEqual([])
  expect(lacking(await ended('finished'), 'of which epoch 1 was best on validation and is kept')).toEqual([])
  expect(lacking(await ended('early-stop'), 'until held-out examples gained no more after epoch 1')).toEqual(
    [],
  )
})

test('a resumed run does not pass its last stretch off as the whole time', async () => {
  const request = await runOf(bars())
  const events = request.events.map((event) => (event.kind === 'start' ? { ...event, step: 4 } : event))
  const page = await buildReport({ ...request, events })
  expect(page.match(/\(\d+ steps\)[^.]*/)?.[0]).not.toContain(' in ')
  expect(lacking(page, 'Time since resumed')).toEqual([])
})

test('quotes an estimate of the likelihood with its error, and a constant left out', async () => {
  const draft = { model: { likelihood: { name: 'squared-error' } } }
  const request = await runOf({ ...bars(), draft })
  const nll = {
    estimate: 12.345,
    standardError: 0.067,
    samples: 500,
    samplingError: 0.01,
    bias: 0.02,
    effectiveSamples: 40,
    bitsPerDimension: 1.1,
  }
  const page = await buildReport({ ...request, evaluation: { ...request.evaluation, nll } })
  expect(lacking(page, '>12.35<', '± 0.07 nats', '500 draws', 'a constant of 0.5724 nats')).toEqual([])
})

test('shows how well the code tells factors apart, where that was measured', async () => {
  const request = await runOf(bars())
  const metrics = {
    mig: { score: 0.1234, perFactor: [0.0567, 0.189], seeds: [0] },
    dci: { score: 0.75, seeds: [0] },
  }
  const page = await buildReport({
    ...request,
    evaluation: { ...request.evaluation, metrics, factors: ['side', nasty] },
  })
  expectSelfContained(page)
  const section = page.split('<section id="disentanglement">')[1].split('</section>')[0]
  expect(
    lacking(section, '>MIG<', '>0.123<', '>0.057<', '>0.189<', '>DCI<', '>0.750<', 'Chen et al. 2018'),
  ).toEqual([])
  expect(showing(section, '>SAP<', nasty)).toEqual([])
  expect(showing(await buildReport(request), 'id="disentanglement"')).toEqual([])
})

test('no active unit is called what it is', async () => {
  const request = await runOf(bars())
  const page = await buildReport({ ...request, evaluation: withActive(request.evaluation, 0) })
  expect(lacking(page, 'the decoder does without the code', 'nothing to show')).toEqual([])
})

test('the same run gives the same page', async () => {
  const request = await runOf(bars())
  const [first, second] = [await buildReport(request), await buildReport(request)]
  expect(first === second).toBe(true)
})

test('can be stopped', async () => {
  const request = await runOf(bars())
  await expect(buildReport(request, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
})
