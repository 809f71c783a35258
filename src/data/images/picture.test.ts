import fc from 'fast-check'
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

test('every picture comes out as its pixels say, one by one', () => {
  const aPicture = fc
    .tuple(fc.constantFrom(1, 2, 3, 4), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([channels, width, height]) =>
      fc.record({
        channels: fc.constant(channels as Picture['channels']),
        width: fc.constant(width),
        height: fc.constant(height),
        data: fc.uint8Array({ minLength: channels * width * height, maxLength: channels * width * height }),
      }),
    )
  fc.assert(
    fc.property(aPicture, fc.constantFrom(1, 3), (given, wanted) => {
      const { channels, data } = given
      const pixels = Array.from({ length: data.length / channels }, (_, i) => [
        ...data.subarray(i * channels, (i + 1) * channels),
      ])
      const expected = Array.from({ length: wanted }, (_, channel) =>
        pixels.map((samples) => {
          const alpha = channels % 2 === 0 ? samples[channels - 1] : 255
          const [red, green, blue] = channels < 3 ? [samples[0], samples[0], samples[0]] : samples
          const luma = Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000)
          const value = wanted === 1 ? luma : [red, green, blue][channel]
          return Math.round((value * alpha) / 255)
        }),
      )
      expect([...planesOf(given, wanted as 1 | 3)]).toEqual(expected.flat())
    }),
  )
})
