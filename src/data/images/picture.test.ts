import { expect, test } from 'vitest'
import { type Picture, planesOf } from './picture.ts'

const picture = (channels: Picture['channels'], ...data: number[]): Picture => ({
  width: data.length / channels,
  height: 1,
  channels,
  data: Uint8Array.from(data),
})

test('channels come one after another', () => {
  expect([...planesOf(picture(3, 1, 2, 3, 4, 5, 6), 3)]).toEqual([1, 4, 2, 5, 3, 6])
})

test('grey is repeated to become color, color becomes grey by its luma, and grey stays grey', () => {
  expect([...planesOf(picture(1, 7, 9), 3)]).toEqual([7, 9, 7, 9, 7, 9])
  expect([...planesOf(picture(3, 255, 0, 0, 0, 255, 0, 0, 0, 255), 1)]).toEqual([76, 150, 29])
  for (let grey = 0; grey < 256; grey++)
    expect(planesOf(picture(3, grey, grey, grey), 1)[0], `grey ${grey}`).toBe(grey)
})

test('transparent pixels stand before black', () => {
  expect([...planesOf(picture(2, 200, 255, 200, 128, 200, 0), 1)]).toEqual([200, 100, 0])
  expect([...planesOf(picture(4, 200, 100, 50, 51), 3)]).toEqual([40, 20, 10])
  expect([...planesOf(picture(4, 200, 200, 200, 51), 1)]).toEqual([40])
})
