import { expect, test } from 'vitest'
import { spreadSample } from './spread-sample.ts'

test('a sample is spread evenly however many rows come, and in whatever pieces', () => {
  for (const [count, piece] of [
    [7, 3],
    [100, 100],
    [5000, 17],
  ]) {
    const sample = spreadSample<number>(20)
    for (let first = 0; first < count; first += piece)
      sample.add(
        first,
        Array.from({ length: Math.min(piece, count - first) }, (_, at) => first + at),
      )
    const kept = sample.kept()
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(count, 20))
    expect(kept.length).toBeLessThan(40)
    const every = kept[1] - kept[0]
    expect(kept).toEqual(kept.map((_, at) => at * every))
    expect(kept[kept.length - 1]).toBeGreaterThanOrEqual(count - every)
  }
})
