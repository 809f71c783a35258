import { expect, test } from 'vitest'
import { checkDraft } from './draft.ts'

test('gaps stay gaps', () => {
  const draft = { data: { source: 'digits' }, training: { epochs: 3 }, objective: { name: 'beta-vae' } }
  expect(checkDraft(draft)).toBe(draft)
})

test.each([
  ['no data', {}],
  ['an unknown key', { data: { source: 'digits' }, model: { latnet: {} } }],
  ['a wrong number', { data: { source: 'digits' }, training: { epochs: 0 } }],
  ['a list', []],
])('refuses %s', (_, value) => {
  expect(() => checkDraft(value)).toThrowErrorMatchingSnapshot()
})
