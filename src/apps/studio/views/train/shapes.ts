/** Ways for a weight to come to its value over a training. */
import type { Weight } from '../../../../inside.ts'

export const shapes = [
  { value: 'constant', label: 'Constant', hint: 'The same at every step.' },
  {
    value: 'warm-up',
    label: 'Warm-up',
    hint: 'From 0 to the weight over the first quarter of the training: the model learns to reconstruct first.',
  },
  {
    value: 'cyclic',
    label: 'Cyclic',
    hint: 'From 0 to the weight four times, each time held for a while (Fu et al. 2019).',
  },
] as const

export type Shape = (typeof shapes)[number]['value']

const WARM_UP = 0.25
const CYCLES = 4
const RISING = 0.5

/** Weight of a term, and how it gets there. */
export interface Pull {
  readonly value: number
  readonly shape: Shape
}

/** A value and how to get there, in the grammar of weights; `steps` is how long the training is. */
export function weightOf({ value, shape }: Pull, steps: number): Weight {
  if (shape === 'warm-up') return `linear(0, ${value}, ${atLeastOne(steps * WARM_UP)})`
  if (shape === 'cyclic') return `cyclic(0, ${value}, ${atLeastOne(steps / CYCLES)}, ${RISING})`
  return value
}

/** What a weight comes to; one that was moved on its way stands at its last value. */
export function pullOf(weight: Weight): Pull {
  const [name, ...numbers] = String(weight)
    .split(/[(),]\s*/)
    .filter(Boolean)
  if (numbers.length === 0) return { value: Number(name), shape: 'constant' }
  if (name === 'steps') return { value: Number(numbers.at(-1)), shape: 'constant' }
  return { value: Number(numbers[1]), shape: name === 'cyclic' ? 'cyclic' : 'warm-up' }
}

const atLeastOne = (steps: number): number => Math.max(1, Math.round(steps))
