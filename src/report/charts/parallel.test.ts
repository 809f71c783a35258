import { expect, test } from 'vitest'
import { parallelChart } from './parallel.ts'

test('numbers that would stand on each other are left out, never those of the ends', () => {
  const numbers = [-33.88, -28.78, -28.65, -23.66]
  const lines = numbers.map((value) => ({ values: [value], className: '', note: '' }))
  const { markup } = parallelChart({ title: 'members', axes: ['elbo'], lines })
  const shown = numbers.filter((value) => markup.includes(`>−${Math.abs(value)}<`))
  expect(shown).toEqual([-33.88, -28.78, -23.66])
})
