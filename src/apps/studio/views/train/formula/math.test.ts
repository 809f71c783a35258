import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { allTerms, everyPart } from '../../../../../inside.ts'
import { schedulesOf } from '../../../../../objective/objective.ts'
import { mathOf } from './math.ts'

test('letters, words, signs and spaces', () => {
  expect(mathOf('β · KL(q(z|x) ‖ p(z))')).toBe(
    '<mi>β</mi><mo form="infix">⋅</mo><mi>KL</mi><mo stretchy="false">(</mo><mi>q</mi><mo stretchy="false">(</mo><mi>z</mi><mo stretchy="false">|</mo><mi>x</mi><mo stretchy="false">)</mo><mo stretchy="false" form="infix" lspace="0.3em" rspace="0.3em">‖</mo><mi>p</mi><mo stretchy="false">(</mo><mi>z</mi><mo stretchy="false">)</mo><mo stretchy="false">)</mo>',
  )
  expect(mathOf('log wₖ')).toBe(
    '<mi>log</mi><mspace width="0.25em"/><msub><mi>w</mi><mrow><mi>k</mi></mrow></msub>',
  )
})

test('what stands above and below', () => {
  expect(mathOf('x̂')).toBe('<mover accent="true"><mi>x</mi><mo>^</mo></mover>')
  expect(mathOf('σₖ²')).toBe('<msubsup><mi>σ</mi><mrow><mi>k</mi></mrow><mn>2</mn></msubsup>')
  expect(mathOf('λ_MMD')).toBe('<msub><mi>λ</mi><mtext>MMD</mtext></msub>')
  expect(mathOf('Σⱼ')).toBe('<msub><mo>∑</mo><mrow><mi>j</mi></mrow></msub>')
  expect(mathOf('‖z‖₁')).toContain('<msub><mo stretchy="false">‖</mo><mrow><mn>1</mn></mrow></msub>')
})

test('numbers, and the letter of the normal distribution', () => {
  expect(mathOf('1e-7')).toBe('<msup><mn>10</mn><mrow><mo>−</mo><mn>7</mn></mrow></msup>')
  expect(mathOf('N(0, I)')).toContain('𝒩')
  expect(mathOf('N + 1')).toBe('<mi>N</mi><mo form="infix">+</mo><mn>1</mn>')
  expect(mathOf('−log x')).toContain('<mo>−</mo>')
})

test('nothing of a formula is lost, and nothing in it becomes markup', async () => {
  await everyPart()
  for (const term of allTerms) {
    const options = z.parse(term.options, {})
    const text = term.formula(options, schedulesOf(term, options, {}))
    const shown = mathOf(text).replace(/<[^>]*>/g, '')
    expect(shown.length, text).toBeGreaterThan(text.replace(/[ _]/g, '').length / 2)
    expect(mathOf(text)).not.toMatch(/undefined/)
  }
  expect(mathOf('a < b')).toContain('&lt;')
})
