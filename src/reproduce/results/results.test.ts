import { describe, expect, test } from 'vitest'
import { binarizations } from '../../data/dataset.ts'
import { sources } from '../../data/sources/index.ts'
import { checkDraft } from '../../recipe/draft.ts'
import { OWN_ROWS, type Schedule, scheduleNames } from '../reproduction.ts'
import { weigh } from '../weigh.ts'
import { allReproductions } from './index.ts'

const schedules = allReproductions.flatMap(({ id, schedules }) =>
  scheduleNames.flatMap((name): [string, Schedule][] => {
    const schedule = schedules[name]
    return schedule ? [[`${id} ${name}`, schedule]] : []
  }),
)

test('names are each their own, and every result has a schedule', () => {
  const ids = allReproductions.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { schedules } of allReproductions) expect(Object.keys(schedules)).not.toHaveLength(0)
})

describe.each(schedules)('%s', (_, schedule) => {
  const { members, judge, targets, rows } = schedule

  test('has recipes as plain data that the schema takes, on data that there are', () => {
    expect(members.length).toBeGreaterThan(0)
    expect(new Set(members.map(({ name }) => name)).size).toBe(members.length)
    for (const { recipe } of members) {
      expect(JSON.parse(JSON.stringify(checkDraft(recipe)))).toEqual(recipe)
      expect(recipe.training?.seed).toBeTypeOf('number')
      expect([...sources.map(({ name }) => name), ...(rows ? [OWN_ROWS] : [])]).toContain(recipe.data.source)
      expect([...binarizations, undefined]).toContain(recipe.data.binarize)
    }
  })

  test('has targets about numbers that its members are judged by', () => {
    const keys =
      'measure' in judge ? ['elbo', 'logLikelihood'] : ['reconstruction', 'kl', 'elbo', 'nll', 'mig']
    const numbers = Object.fromEntries(keys.map((key, i) => [key, i + 1]))
    const judged = Object.fromEntries(members.map(({ name }) => [name, numbers]))
    for (const { got } of weigh(schedule, judged)) expect(Number.isFinite(got)).toBe(true)
    expect(targets.length).toBeGreaterThan(0)
  })
})

test('the learning rate of Burda et al. falls in eight stages of 3^i epochs', () => {
  const { full } = allReproductions.find(({ id }) => id === 'burda-vae')!.schedules
  expect(full!.members[0].recipe.training).toMatchObject({
    steps: 9_840_000,
    learningRate:
      'steps(0.00100, 3000, 0.00072, 12000, 0.00052, 39000, 0.00037, 120000, 0.00027, 363000, 0.00019, 1092000, 0.00014, 3279000, 0.00010)',
  })
})
