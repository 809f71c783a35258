import { expect, test } from 'vitest'
import { recordOf, records } from '../../runs/diagnosis/records.testing.ts'
import { journalOf, lastStepOf } from '../../runs/journal.ts'
import type { ReportInput } from '../input.ts'
import { diagnosisSection } from './diagnosis.ts'

const sectionOf = (record: Pick<ReportInput, 'recipe' | 'events'>) =>
  diagnosisSection(record as ReportInput)?.markup

test('says what ails a run, with options as they are typed', () => {
  const markup = sectionOf(records.collapsed)
  expect(markup).toContain('<li class="problem"><p>Posterior collapse: after epoch 20')
  // The first way to mend it is at the head of the page.
  expect(markup).toContain('<b>Or:</b> something between')
  expect(markup).not.toContain('--beta 1<')
  expect(markup).toContain('<code>--beta &#39;linear(0, 4, 50)&#39;</code>')
})

test('draws a row for each unit, the strongest at the end on top, and how many were active', () => {
  const { recipe, events } = records.died
  const markup = sectionOf({ recipe, events })
  expect(markup?.match(/>z\d</g)).toHaveLength(10)
  expect(markup).toContain('full: 0.70 nats')
})

test('columns of the heat map are evenly spaced epochs, also where the log keeps ever fewer', () => {
  const epochs = Array.from({ length: 1000 }, () => ({ reconstruction: 1, kl: 1, klPerDimension: [0.5] }))
  const { recipe, events } = recordOf({ epochs })
  const kept = events.flatMap(journalOf(lastStepOf(events)))
  expect(kept.length).toBeLessThan(700)
  const [, told] = /data-told="([^"]*heat[^"]*)"/.exec(sectionOf({ recipe, events: kept }) ?? '') ?? []
  const { places } = JSON.parse(told.replaceAll('&#34;', '"'))
  expect(places).toHaveLength(80)
  for (const [column, epoch] of places.entries()) {
    const even = 1 + (column * 999) / 79
    expect(Math.abs(epoch - even)).toBeLessThan(8)
  }
  expect([places[0], places[79]]).toEqual([1, 1000])
})

test('of a healthy run there is no list', () => {
  const markup = sectionOf(records.healthy)
  expect(markup).toContain('How the code filled while the model trained.')
  expect(markup).not.toContain('findings')
})

test('says nothing of a run without a log', () => {
  expect(sectionOf({ ...records.healthy, events: [] })).toBeUndefined()
})
