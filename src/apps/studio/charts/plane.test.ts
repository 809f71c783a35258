import { expect, test } from 'vitest'
import { boundsOf, type PlanePath } from './plane.ts'

const path = (points: [kl: number, reconstruction: number][]): PlanePath => ({
  name: 'this run',
  color: 'accent',
  points: points.map(([kl, reconstruction], step) => ({ step, kl, reconstruction })),
})

test('all paths lie inside, and no rate is below zero', () => {
  const { rate, distortion } = boundsOf([
    path([[0.1, 500]]),
    path([
      [20.1, 80],
      [10, -20],
    ]),
  ])
  expect(rate[0]).toBe(0)
  expect(rate[1]).toBeCloseTo(21.7)
  expect(distortion[0]).toBeCloseTo(-61.6)
  expect(distortion[1]).toBeCloseTo(541.6)
})

test('a single place and none have room about them', () => {
  expect(boundsOf([path([[5, 100]])])).toEqual({ rate: [4.6, 5.4], distortion: [92, 108] })
  expect(boundsOf([])).toEqual({ rate: [0, 1], distortion: [0, 1] })
})
