import type { Pictures } from '../protocol.ts'

/** Pictures in rows of `columns`, under each row what belongs to it; no last row that would not be full. */
export function pairedPictures(upper: Pictures, lower: Pictures, columns: number): Pictures {
  const across = Math.min(columns, upper.count)
  const rows = Math.floor(upper.count / across)
  const size = 4 * upper.width * upper.height * across
  const rgba = new Uint8ClampedArray(2 * rows * size)
  for (let row = 0; row < rows; row++)
    for (const [below, { rgba: own }] of [upper, lower].entries())
      rgba.set(own.subarray(row * size, (row + 1) * size), (2 * row + below) * size)
  return { ...upper, count: 2 * rows * across, rgba }
}

/** Which of the upper pictures one of a sheet of pairs is, or belongs to. */
export function pairOf(picture: number, columns: number): number {
  const row = Math.floor(picture / columns)
  return (row >> 1) * columns + (picture % columns)
}
