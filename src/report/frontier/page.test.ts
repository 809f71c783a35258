import { expect, test } from 'vitest'
import { frontierOf } from '../../sweep/frontier.ts'
import { membersOf, type SweepPlan, sweepPlan } from '../../sweep/plan.ts'
import type { MemberScore } from '../../sweep/score.ts'
import { toyRecipe, toyScore } from '../../sweep/world.testing.ts'
import { frontierPage } from './page.ts'

const nasty = '<b>&"data'
const convex = [toyScore(40, 60), toyScore(20, 70), toyScore(5, 120), toyScore(0, 200)]

const page = (scores: readonly (MemberScore | undefined)[], agrees: boolean) => {
  const seeds = scores.length / 4
  const plan: SweepPlan = sweepPlan(
    { recipe: { data: { source: 'toy' } }, betas: [0.25, 1, 4, 16], seeds },
    toyRecipe(),
  )
  const members = membersOf(plan)
  const failed = new Map(
    members.flatMap(({ name }, i) => (scores[i] ? [] : [[name, `${nasty} ran away`] as const])),
  )
  const agreement = {
    rows: 180,
    members: Object.fromEntries(members.map(({ name }, i) => [name, { udr: i / 10, informative: 7 }])),
  }
  const known = members.flatMap(({ name }, i) => {
    const score = scores[i]
    return score ? [[name, score] as const] : []
  })
  return frontierPage({
    plan,
    frontier: frontierOf({
      plan,
      data: nasty,
      scores: new Map(known),
      failed,
      ...(agrees ? { agreement } : {}),
    }),
    command: `npx betavae sweep ${nasty}`,
    environment: { versions: { betavae: '1.2.3' } },
  })
}

const lacking = (text: string, ...wanted: readonly string[]) => wanted.filter((part) => !text.includes(part))
const count = (text: string, part: string) => text.split(part).length - 1

test('frontier, suggestion with its reasons, tables and how to repeat it, all in the page', () => {
  const text = page(convex, false)
  expect(
    lacking(
      text,
      '<dt>Suggested β</dt><dd><span class="number">4</span>',
      'The knee of the frontier',
      'Satopää et al. 2011',
      'Suggested capacity C',
      'nats, 7.21 bits',
      '--capacity-target',
      'β of the highest ELBO',
      'β = 0.25</text>',
      '>bits</text>',
      'class="knee"',
      'data-name="Rate, bits">28.85<',
      'beta-16-seed-0',
      'sweep with two seeds',
      '1.2.3',
    ),
  ).toEqual([])
  expect(text.split('<script>')[0]).not.toMatch(/(src|href)=|url\(|@import/)
  expect(text).not.toContain(nasty)
  expect(text).not.toContain('class="notices"')
  expect(text).not.toMatch(/NaN|undefined|Infinity/)
})

test('a dot for every member of several seeds, and their order without labels', () => {
  const text = page(
    convex.flatMap((score) => [score, toyScore(score.rate + 1, score.distortion)]),
    true,
  )
  expect(count(text, '<circle class="member"')).toBe(8)
  expect(count(text, '<circle class="mean"')).toBe(4)
  expect(lacking(text, '20.50 ± 0.71', 'Duan et al. 2020', 'data-name="UDR">0.700<')).toEqual([])
  const table = text.split('<section id="members">')[1]
  expect(table.indexOf('beta-16-seed-1')).toBeLessThan(table.indexOf('beta-0.25-seed-0'))
})

test('what is wrong with a frontier stands at its head', () => {
  const text = page([toyScore(20, 70), toyScore(40, 60), undefined, toyScore(0, 200)], false)
  expect(
    lacking(text, 'The rate does not fall', 'The distortion does not rise', 'beta-4-seed-0 could not be'),
  ).toEqual([])
  expect(text).not.toContain(nasty)
})

test('without a knee the page says why', () => {
  const text = page([toyScore(30, 60), toyScore(20, 70), toyScore(10, 80), toyScore(0, 90)], false)
  expect(lacking(text, '<span class="number">none</span>', 'No β stands out')).toEqual([])
  expect(lacking(text, 'class="chord"', 'Suggested capacity')).toHaveLength(2)
})
