/** Many small pictures on one canvas, in rows; a pixel is a pixel, and the style sheet makes them large. */
import type { Pictures } from '../protocol.ts'

/** Pixels left free between pictures. */
const GAP = 1

export interface Sheet {
  readonly width: number
  readonly height: number
  /** Upper left corner of a picture. */
  cornerOf(picture: number): readonly [x: number, y: number]
}

/** About how wide a picture is shown, in pixels of the page: the least in a single row, and in several rows. */
const LEAST = 34
const USUAL = 56
const MOST_PIXELS = 96

/** Pictures next to each other in a width: no fewer than fit well, and full rows where that is all the same. */
export function columnsFor(count: number, width: number, oneRow: boolean): number {
  const most = Math.max(1, Math.floor(width / (oneRow ? LEAST : USUAL)))
  if (oneRow) return Math.min(count, most)
  const fewest = Math.ceil(width / MOST_PIXELS)
  const rows = Math.max(1, Math.ceil(count / most))
  return Math.min(most, Math.max(fewest, Math.ceil(count / rows)))
}

/** Lays `count` pictures out in rows of `columns`. */
export const sheetOf = (
  { count, width, height }: Pick<Pictures, 'count' | 'width' | 'height'>,
  columns: number,
): Sheet => {
  const across = Math.min(columns, Math.max(1, count))
  const rows = Math.max(1, Math.ceil(count / across))
  return {
    width: across * (width + GAP) - GAP,
    height: rows * (height + GAP) - GAP,
    cornerOf: (picture) => [
      (picture % across) * (width + GAP),
      Math.floor(picture / across) * (height + GAP),
    ],
  }
}

/** Paints a sheet of pictures, with nothing where there is none. */
export function paintSheet(canvas: HTMLCanvasElement, pictures: Pictures, columns: number): void {
  const sheet = sheetOf(pictures, columns)
  // Assigning a canvas its size clears it.
  canvas.width = sheet.width
  canvas.height = sheet.height
  const context = canvas.getContext('2d')
  const { count, width, height, rgba } = pictures
  const size = 4 * width * height
  for (let i = 0; i < count; i++) {
    const image = new ImageData(rgba.subarray(i * size, (i + 1) * size), width, height)
    context?.putImageData(image, ...sheet.cornerOf(i))
  }
}
