import { expect, test } from 'vitest'
import { referenceEngine } from '../engine/reference.ts'
import { readObjective } from '../objective/objective.ts'
import { example, gaussianModel, linearValues, SIZE } from './linear-gaussian.testing.ts'
import { openScoring, type ReadExamples } from './scoring.ts'

const BATCH = 4
const COUNT = 6

const terms = readObjective(
  {
    name: 'beta-tc-vae',
    terms: [
      { term: 'index-code-mi', weight: 1 },
      { term: 'total-correlation', weight: 1 },
      { term: 'mmd', weight: 1 },
    ],
  },
  gaussianModel,
)

/** The same example however often it is read; `seen` collects how many were read at once. */
const alike =
  (seen: number[]): ReadExamples =>
  async (positions) => {
    seen.push(positions.length)
    const data = Float64Array.from({ length: positions.length * SIZE }, (_, at) => 1 + (at % SIZE))
    return { x: { data, shape: [positions.length, SIZE] } }
  }

test('what is about a batch sees whole batches of examples alone, also at the end', async () => {
  using scoring = await openScoring(referenceEngine, gaussianModel, example, {
    terms,
    batch: BATCH,
    examples: COUNT,
  })
  const seen: number[] = []
  const scores = await scoring.score(COUNT, alike(seen), linearValues(), { seed: 1 })
  expect(seen).toEqual([BATCH, BATCH])
  expect(scores.reconstruction).toHaveLength(COUNT)
  // Of examples that are all alike, a code tells nothing of which it is from, and dimensions nothing of each other.
  for (const name of ['index-code-mi', 'total-correlation']) {
    expect(scores.terms[name]).toHaveLength(COUNT)
    for (const nats of scores.terms[name]) expect(nats).toBeCloseTo(0, 9)
  }
  expect(scores.terms.mmd).toHaveLength(1)
})

test('noise is an example’s own: a batch that begins among examples before it scores them as before', async () => {
  const score = async (batch: number) => {
    using scoring = await openScoring(referenceEngine, gaussianModel, example, {
      terms,
      batch,
      examples: COUNT,
    })
    return await scoring.score(COUNT, alike([]), linearValues(), { seed: 1 })
  }
  const [whole, parts] = [await score(COUNT), await score(BATCH)]
  expect(parts.reconstruction).toEqual(whole.reconstruction)
  expect(new Set(parts.reconstruction).size).toBe(COUNT)
})
