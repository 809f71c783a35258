import { expect, test } from 'vitest'
import { records } from '../../runs/diagnosis/records.testing.ts'
import type { ReportInput } from '../input.ts'
import { diagnosisSection } from './diagnosis.ts'

const sectionOf = (record: Pick<ReportInput, 'recipe' | 'events'>) =>
  diagnosisSection(record as ReportInput)?.markup

test('says what ails a run, with options as they are typed', () => {
  const markup = sectionOf(records.collapsed)
  expect(markup).toContain('<p class="lead">One thing to mend: ')
  expect(markup).toContain('<li class="problem"><p>Posterior collapse: after epoch 20')
  expect(markup).toContain('<code>--beta 1</code>; or something between')
  expect(markup).toContain('<code>--beta &#39;linear(0, 4, 50)&#39;</code>')
})

test('draws a row for each unit, the strongest at the end on top, and how many were active', () => {
  const { recipe, events } = records.died
  const markup = sectionOf({ recipe, events })
  expect(markup).toContain('6 of 10 at the end')
  expect(markup?.match(/>z\d</g)).toHaveLength(10)
  expect(markup).toContain('full: 0.70 nats')
})

test('a healthy run is said to be, without a list', () => {
  const markup = sectionOf(records.healthy)
  expect(markup).toContain('<p class="lead">Healthy: ')
  expect(markup).not.toContain('findings')
})

test('says nothing of a run without a log', () => {
  expect(sectionOf({ ...records.healthy, events: [] })).toBeUndefined()
})
