import { expect, test } from 'vitest'
import { bars, runOf } from '../world.testing.ts'
import type { ComparedRun } from './input.ts'
import { comparisonPage } from './page.ts'

async function comparedRun(name: string, draft: Parameters<typeof runOf>[0]['draft']): Promise<ComparedRun> {
  const { trained, events, evaluation } = await runOf({ ...bars(), draft })
  return { name, data: trained.data.name, recipe: trained.recipe, events, evaluation }
}

const beta = (weight: number) => ({ objective: { name: 'vae', terms: [{ term: 'kl', weight }] } })
const one = await comparedRun('runs/<one>', beta(1))
const four = await comparedRun('runs/four', beta(4))
const laplace = await comparedRun('runs/laplace', { model: { likelihood: { name: 'laplace' } } })

const page = (a: ComparedRun, b: ComparedRun) =>
  comparisonPage({
    runs: [a, b],
    command: 'npx betavae report a b',
    environment: { versions: { betavae: '1.2.3' } },
  })
/** Cells of the row of a table. */
const cells = (text: string, title: string): string[] =>
  [
    ...(new RegExp(`<tr><th scope="row">${title}</th>(.*?)</tr>`).exec(text)?.[1] ?? '').matchAll(
      /<td[^>]*>(.*?)<\/td>/g,
    ),
  ].map(([, cell]) => cell)

test('numbers beside each other, curves over one axis, and the place where recipes differ', () => {
  const text = page(one, four)
  expect(text).toContain('A: runs/&#60;one&#62;')
  expect(cells(text, 'objective kl weight')).toEqual(['1', '4'])
  const [a, b, between] = cells(text, 'Reconstruction').map((cell) =>
    Number(cell.replace(/<\/?strong>/g, '').replace('−', '-')),
  )
  expect(a).toBeCloseTo(one.evaluation.reconstruction, 2)
  expect(between).toBeCloseTo(b - a, 1)
  const [loss] = /<figure><figcaption>Loss<\/figcaption>.*?<\/figure>/s.exec(text) ?? ['']
  expect(loss.match(/class="line part-[01]"/g)).toEqual(['class="line part-0"', 'class="line part-1"'])
  expect(text).toMatch(/<h2>KL per dimension<\/h2>/)
})

test('the better number is marked, and the sentence says which run has it', () => {
  const isFirst = (one.evaluation.elbo ?? 0) > (four.evaluation.elbo ?? 0)
  const text = page(one, four)
  expect(cells(text, 'ELBO').findIndex((cell) => cell.startsWith('<strong>'))).toBe(isFirst ? 0 : 1)
  expect(text).toContain(`${isFirst ? 'A' : 'B'} has the higher ELBO, by `)
  expect(page(four, one)).toContain(`${isFirst ? 'B' : 'A'} has the higher ELBO, by `)
})

test('nats of different likelihoods are not held against each other', () => {
  const text = page(one, laplace)
  expect(text).toContain('They have different likelihoods, so that their nats are not about the same thing')
  expect(text).not.toContain('<strong>')
  expect(text).not.toContain('B − A')
})

test('a run beside itself differs nowhere', () => {
  expect(page(one, one)).toContain('Their ELBO is the same.')
  expect(page(one, one)).toContain('Nowhere: their recipes are the same.')
})
