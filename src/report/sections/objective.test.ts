import { describe, expect, test } from 'vitest'
import type { TermSpec } from '../../objective/objective.ts'
import { balancesOf } from '../../runs/balances.ts'
import { fixed } from '../format.ts'
import { buildReport, type ReportRequest } from '../report.ts'
import { bars, runOf } from '../world.testing.ts'

/** A run without held-out rows: nothing here needs pictures. */
async function requestOf(terms: TermSpec[]): Promise<ReportRequest> {
  const model = { likelihood: { name: 'squared-error' } }
  const { heldOut: _, ...request } = await runOf({ ...bars(), draft: { objective: { terms }, model } })
  return request
}

/** The part of a report about its objective. */
const objectiveOf = (page: string) => /<section id="objective">.*?<\/section>/s.exec(page)?.[0] ?? ''
const barsOf = (part: string) =>
  [...part.matchAll(/<div class="stack" aria-hidden="true">(.*?)<\/div>/gs)].map(([, bar]) => bar)
const shares = (bar: string) => [...bar.matchAll(/flex-grow:([\d.]+)/g)].map(([, share]) => Number(share))

const both = [
  { term: 'kl', weight: 4 },
  { term: 'l2', weight: 0.01 },
]

describe('values', () => {
  test('at the start and at the end, as bars and as numbers', async () => {
    const request = await requestOf(both)
    const part = objectiveOf(await buildReport(request))
    const { start, end } = balancesOf(request.events)
    expect(barsOf(part)).toHaveLength(2)
    for (const [i, balance] of [start!, end!].entries()) {
      const { reconstruction, terms, loss } = balance
      const wanted = [reconstruction, terms.kl, terms.l2]
      shares(barsOf(part)[i]).forEach((share, place) => {
        expect(share).toBeCloseTo(wanted[place].share, 3)
      })
      for (const { weighted } of wanted) expect(part).toContain(`<span>${fixed(weighted)}<small>`)
      expect(part).toContain(`${fixed(loss)} <span class="unit">nats</span>`)
    }
  })

  test('a gain is drawn as one', async () => {
    const request = await requestOf([{ term: 'kl', weight: 1 }])
    const events = request.events.map((event) =>
      event.kind === 'step' ? { ...event, reconstruction: -30, terms: { kl: 10 } } : event,
    )
    const [bar] = barsOf(objectiveOf(await buildReport({ ...request, events })))
    expect(shares(bar)).toEqual([0.75, 0.25])
    expect(bar).toMatch(/class="part-0 gain"[^>]*title="[^"]*−75\.0 %"/)
  })

  test('without a log only the formulas remain', async () => {
    const part = objectiveOf(await buildReport({ ...(await requestOf(both)), events: [] }))
    expect(barsOf(part)).toEqual([])
    expect(part).not.toContain('Start')
    expect(part).toContain('‖θ‖²')
  })
})

test('β has its other names', async () => {
  const part = objectiveOf(await buildReport(await requestOf(both)))
  expect(part).toContain('What β = 4 is called elsewhere')
  expect([...part.matchAll(/<th scope="row">([a-z-]+)</g)].map(([, name]) => name)).toEqual([
    'beta',
    'beta-norm',
    'sum-squares',
    'mean-squares',
    'mean-mean',
  ])
})

test('a term without a value of its own, and one with an opponent', async () => {
  const part = objectiveOf(
    await buildReport(
      await requestOf([
        { term: 'denoising', weight: 0.2 },
        { term: 'adversarial-tc', weight: 1, layers: 1, units: 8 },
      ]),
    ),
  )
  expect(part).toMatch(/>denoising<.*?data-name="Start">–</s)
  expect(part).toContain('its opponent learns against the model')
})

test('a KL that is held at a target has no β to quote', async () => {
  const page = await buildReport(await requestOf([{ term: 'capacity', weight: 10 }]))
  expect(page).toContain('None: capacity holds the KL at a target')
  expect(page).not.toContain('is called elsewhere')
})
