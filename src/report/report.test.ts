import { describe, expect, test } from 'vitest'
import { fixed } from './format.ts'
import { buildReport } from './report.ts'
import { bars, runOf, table } from './world.testing.ts'

const nasty = `<script>alert("x")</script>&'`

const headings = (page: string) => [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, text]) => text)
const images = (page: string) => [...page.matchAll(/<img [^>]*src="([^"]{0,30})/g)].map(([, src]) => src)

/** Whether a page has each of some texts; a failure names them rather than print the page. */
const shown = (page: string, ...texts: string[]) => texts.filter((text) => page.includes(text))

/** What holds for every report. */
function expectSelfContained(page: string): void {
  expect(page.startsWith('<!doctype html>')).toBe(true)
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
    'Training',
    'Reconstructions',
    'Samples',
    'Interpolations',
    'Traversals',
    'The code',
    'Objective',
    'Repeat it',
  ])
  expect(images(page).length).toBeGreaterThan(4)
  expect(shown(page, 'validation, after the epoch')).toHaveLength(1)
  expect(shown(page, 'betavae train world')).toHaveLength(1)
  expect(shown(page, fixed(request.evaluation.reconstruction))).toHaveLength(1)
  expect(page).toContain('KL(q(z|x) ‖ N(0, I))')
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
  expect(page).not.toContain('alert("')
  expect(shown(page, '&#60;script&#62;')).toHaveLength(1)
})

describe('tables', () => {
  test('few columns become strips with their names', async () => {
    const page = await buildReport(await runOf({ rows: table(4), columns: ['height', 'b', 'c', 'd'] }))
    expectSelfContained(page)
    expect(images(page)).toEqual([])
    expect(shown(page, 'class="chart strips"')).toHaveLength(1)
    expect(shown(page, '>height</text>')).toHaveLength(1)
  })

  test('many columns become curves', async () => {
    const page = await buildReport(await runOf({ rows: table(30) }))
    expectSelfContained(page)
    expect(shown(page, 'class="chart strips"')).toEqual([])
    expect(shown(page, '>column</text>')).toHaveLength(1)
  })
})

test('a deterministic latent: no ELBO, no KL, samples labeled as what they are', async () => {
  const page = await buildReport(
    await runOf({ ...bars(), draft: { objective: { name: 'regularized-autoencoder' } } }),
  )
  expectSelfContained(page)
  expect(shown(page, '<dt>ELBO</dt>')).toEqual([])
  expect(shown(page, 'KL per dimension')).toEqual([])
  expect(shown(page, 'a Gaussian fitted to the codes')).toHaveLength(1)
  expect(shown(page, '‖z‖²')).toHaveLength(1)
})

test('one epoch without validation', async () => {
  const page = await buildReport(
    await runOf({ ...bars(), draft: { data: { validation: 0 }, training: { epochs: 1 } } }),
  )
  expectSelfContained(page)
  expect(shown(page, 'cannot show overfitting')).toHaveLength(1)
  expect(shown(page, 'validation, after the epoch')).toEqual([])
  expect(shown(page, '1 epoch (')
})).toHaveLength(1)

test('without a log or held-out rows, numbers, objective and recipe remain', async () => {
  const { heldOut: _, ...request } = await runOf(bars())
  const page = await buildReport({ ...request, events: [] })
  expectSelfContained(page)
  expect(headings(page)).toEqual(['The code', 'Objective', 'Repeat it'])
  expect(images(page)).toEqual([])
})

test('weights that change while training are drawn; constant ones are not', async () => {
  const weighted = async (weight: number | string) =>
    buildReport(await runOf({ ...bars(), draft: { objective: { terms: [{ term: 'kl', weight }] } } }))
  expect(shown(await weighted('linear(0, 1, 5)'), 'Weight of kl')).toHaveLength(1)
  expect(shown(await weighted(1), 'Weight of kl')).toEqual([])
})

test('says how a run ended', async () => {
  const request = await runOf(bars())
  const ended = (reason: 'interrupted' | 'early-stop') =>
    buildReport({
      ...request,
      events: request.events.map((event) =>
        event.kind === 'end' ? { ...event, reason, bestEpoch: 1 } : event,
      ),
    })
  expect(shown(await ended('interrupted'), 'can be resumed')).toHaveLength(1)
  expect(shown(await ended('early-stop'), 'The model is that of epoch 1.')).toHaveLength(1)
})

test('quotes an estimate of the likelihood with its error, and a constant left out', async () => {
  const request = await runOf({ ...bars(), draft: { model: { likelihood: { name: 'squared-error' } } } })
  const nll = { estimate: 12.345, standardError: 0.067, samples: 500 }
  const page = await buildReport({ ...request, evaluation: { ...request.evaluation, nll } })
  expect(shown(page, '12.35')).toHaveLength(1)
  expect(shown(page, '± 0.07 nats')).toHaveLength(1)
  expect(shown(page, 'leave out a constant of 0.5724 nats')).toHaveLength(1)
})

test('the same run gives the same page', async () => {
  const request = await runOf(bars())
  expect(await buildReport(request)).toBe(await buildReport(request))
})

test('can be stopped', async () => {
  const request = await runOf(bars())
  await expect(buildReport(request, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
})
