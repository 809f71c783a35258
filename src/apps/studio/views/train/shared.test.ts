import { expect, test } from 'vitest'
import { choicesIn, paramsOf, type SharedChoices } from './shared.ts'

test('what is written is read again', () => {
  const choices: SharedChoices = {
    preset: 'beta-tc-vae',
    weights: [1, 6.5, 0],
    architecture: 'conv',
    latent: 6,
    steps: 500,
    seed: 0,
    given: ['shape', 'label'],
  }
  expect(choicesIn(paramsOf(choices) as Record<string, string>)).toEqual(choices)
  expect(paramsOf({ preset: 'autoencoder', weights: [] }).weights).toBeUndefined()
})

test('what cannot be is as usual', () => {
  expect(choicesIn({ weights: '1,many', latent: '-3', steps: '1.5', seed: '' })).toEqual({})
})
