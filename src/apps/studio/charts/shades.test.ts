import { expect, test } from 'vitest'
import { channelsBetween } from './shades.ts'

test('goes from one color to the other and no further', () => {
  const shade = channelsBetween('rgb(0, 100, 200)', 'rgb(200, 100, 0)')
  expect(shade(0)).toEqual([0, 100, 200, 255])
  expect(shade(0.25)).toEqual([50, 100, 150, 255])
  expect(shade(7)).toEqual([200, 100, 0, 255])
})
