import { expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { panelFrames } from './panels.ts'

/** Three pictures of one dimension: all of one level each. */
const images = (...levels: number[]): NDArray => ({
  data: Float32Array.from({ length: levels.length * 16 }, (_, at) => levels[Math.floor(at / 16)]),
  shape: [levels.length, 1, 4, 4],
})
const options = { range: [0, 1], positions: [-3, 0, 3], unit: 'standard deviations' } as const
const panels = [
  { name: 'z3', note: '2.0 nats', images: images(0, 0.2, 0.4) },
  { name: 'z0', images: images(1, 0.8, 0.6) },
]

test('every frame shows each dimension at one position, and where that is', () => {
  const frames = panelFrames(panels, options)
  expect(frames).toHaveLength(3)
  const [first, , last] = frames
  const share = (frame: typeof first, level: number) =>
    frame.data.filter((value) => value === level).length / frame.data.length
  // Two panels of 84 by 84 pixels on white.
  for (const [frame, level] of [
    [first, 0],
    [frames[1], 51],
    [frames[1], 204],
    [last, 102],
    [last, 153],
  ] as const)
    expect(share(frame, level) * frame.data.length).toBeGreaterThanOrEqual(84 * 84)
  const track = (frame: typeof first) =>
    frame.data.subarray((frame.height - 38) * frame.width, (frame.height - 37) * frame.width)
  const mark = (frame: typeof first) => track(frame).indexOf(43)
  expect(mark(first)).toBeGreaterThan(0)
  expect(mark(last)).toBeGreaterThan(mark(frames[1]))
  expect(mark(frames[1])).toBeGreaterThan(mark(first))
})

test('tables are refused', () => {
  const table = { data: new Float32Array(6), shape: [3, 2] }
  expect(() => panelFrames([{ name: 'z0', images: table }], options)).toThrow('report/not-images')
})
