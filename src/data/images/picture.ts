/** A picture in bytes, row by row, the samples of a pixel next to each other. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Grey, grey and alpha, RGB, or RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4
  readonly data: Uint8Array
}

/** What is known of a picture before it is decoded. */
export interface PictureSize {
  readonly width: number
  readonly height: number
  readonly isColor: boolean
  /** Whether its samples have 16 bits, and it does not say that fewer of them count. */
  readonly isDeep?: boolean
}

/** Luma of ITU-R BT.601 in thousandths, which add up to one: grey stays as it is. */
const RED = 299
const GREEN = 587
const BLUE = 114

/**
 * The samples of a picture channel by channel [channels, height, width]: one of grey, or three of color.
 *
 * Transparent pixels stand before black; color becomes grey by its luma, grey becomes color by being repeated.
 */
export function planesOf(picture: Picture, wanted: 1 | 3): Uint8Array {
  const { width, height, channels, data } = picture
  const pixels = width * height
  const hasAlpha = channels % 2 === 0
  const isGrey = channels < 3
  const planes = new Uint8Array(wanted * pixels)
  for (let channel = 0; channel < wanted; channel++) {
    const plane = planes.subarray(channel * pixels, (channel + 1) * pixels)
    if (wanted === 1 && !isGrey)
      for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += channels) plane[pixel] = lumaAt(data, at)
    else
      for (let pixel = 0, at = isGrey ? 0 : channel; pixel < pixels; pixel++, at += channels)
        plane[pixel] = data[at]
    if (hasAlpha) darken(plane, picture)
  }
  return planes
}

const lumaAt = (data: Uint8Array, at: number): number =>
  Math.floor((RED * data[at] + GREEN * data[at + 1] + BLUE * data[at + 2] + 500) / 1000)

/** Lets black through where a picture is transparent. */
function darken(plane: Uint8Array, { channels, data }: Picture): void {
  for (let pixel = 0, at = channels - 1; pixel < plane.length; pixel++, at += channels)
    if (data[at] < 255) plane[pixel] = Math.round((plane[pixel] * data[at]) / 255)
}
