import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const names = ['train', 'resume', 'evaluate', 'export']

test.each([
  ['trian', 'train'],
  ['eval', 'evaluate'],
  ['exprt', 'export'],
  ['resume', 'resume'],
  ['banana', undefined],
  ['x', undefined],
])('%s means %s', (word, meant) => {
  expect(nearest(word, names)).toBe(meant)
})
