import { blank, type Range, stamp } from '../../grid.ts'

/** Draws decoded images into a canvas, a pixel each; the style sheet enlarges them. */
export function openPicture(
  canvas: HTMLCanvasElement,
  [channels, height, width]: readonly number[],
  range: Range,
): (decoded: Float64Array) => void {
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')!
  const image = context.createImageData(width, height)
  const raster = blank(width, height, channels === 3 ? 4 : 2, 0)
  return (decoded) => {
    const images = { data: decoded, shape: [1, channels, height, width] }
    stamp(raster, images, 0, { left: 0, top: 0, scale: 1, range })
    for (let pixel = 0; pixel < width * height; pixel++)
      for (let color = 0; color < 4; color++)
        image.data[4 * pixel + color] =
          raster.channels === 4
            ? raster.data[4 * pixel + color]
            : raster.data[2 * pixel + (color === 3 ? 1 : 0)]
    context.putImageData(image, 0, 0)
  }
}
