import { describe, expect, test } from 'vitest'
import { channelsOf, classTones, levelTones } from './palette.ts'

const backgrounds = { light: ['#fbfaf8', '#ffffff'], dark: ['#151619', '#1c1e22'] } as const

/** Linear light of each channel. */
const linear = (color: string): number[] =>
  channelsOf(color).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })

const luminance = (color: string): number => {
  const [red, green, blue] = linear(color)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const times = (matrix: readonly (readonly number[])[], vector: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, entry, i) => sum + entry * vector[i], 0))

/** Ottosson 2020: distances in it are about as large as they look. */
const oklab = (light: readonly number[]): number[] =>
  times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    times(
      [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
      ],
      light,
    ).map((value) => Math.cbrt(Math.max(0, value))),
  )

const sights = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'without red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'without green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'without blue cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const

describe.each(['light', 'dark'] as const)('on %s', (background) => {
  test('every color stands out by 3:1', () => {
    for (const tone of [...classTones, ...levelTones])
      for (const behind of backgrounds[background])
        expect(contrast(tone[background], behind), tone[background]).toBeGreaterThanOrEqual(3)
  })

  test.each(Object.entries(sights))('any two classes can be told apart, %s', (_, sight) => {
    const seen = classTones.map((tone) =>
      oklab(times(sight, linear(tone[background])).map((value) => Math.min(1, Math.max(0, value)))),
    )
    const distances = seen.flatMap((a, i) =>
      seen.slice(0, i).map((b) => Math.hypot(...a.map((value, c) => value - b[c]))),
    )
    expect(Math.min(...distances)).toBeGreaterThan(0.07)
  })

  test('levels grow lighter', () => {
    const lightness = levelTones.map((tone) => oklab(linear(tone[background]))[0])
    for (let i = 1; i < lightness.length; i++) expect(lightness[i]).toBeGreaterThan(lightness[i - 1])
  })
})
