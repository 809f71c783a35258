/** The little of SVG that the pictures of these pages have in common. */

/** Words at a place. */
export const text = (x: number | string, y: number | string, words: string, style = ''): string =>
  `<text x="${x}" y="${y}" ${style}>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`

/** From a range of numbers to one of places. */
export const scale =
  ([low, high]: readonly [number, number], [from, to]: readonly [number, number]) =>
  (value: number): number =>
    from + ((value - low) / (high - low)) * (to - from)

/** About three round numbers within. */
export function ticks([low, high]: readonly [number, number]): number[] {
  const power = 10 ** Math.floor(Math.log10((high - low) / 3))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((own) => (high - low) / own <= 5) ?? power
  const first = Math.ceil(low / step)
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  )
}

/** A place, to a tenth. */
export const fixed = (value: number): string => value.toFixed(1)
