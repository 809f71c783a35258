/** Ways to mend that several findings have. */
import type { Way } from './finding.ts'
import { warmUp } from './words.ts'

export const freeBits: Way = {
  words: 'give every dimension some nats for free',
  options: { objective: 'free-bits-vae', 'free-bits-nats': 0.25 },
}

/** A weight that rises to its value, by the name of its option. */
export const warmedUp = (name: string, to: number, steps: number): Way => ({
  words: 'warm the weight up',
  options: { [name]: warmUp(to, steps) },
})
