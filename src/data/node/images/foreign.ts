/** What files are that no decoder here knows, and what to do about each. */
import { BetavaeError } from '../../../base/errors.ts'

/** A format of images that is neither PNG nor JPEG. */
interface Format {
  readonly name: string
  readonly begins: RegExp | readonly string[]
  /** Whether sharp decodes it as npm installs it. */
  readonly isSharps: boolean
}

const FORMATS: readonly Format[] = [
  { name: 'WebP', begins: /^RIFF.{4}WEBP/s, isSharps: true },
  { name: 'GIF', begins: /^GIF8/, isSharps: true },
  { name: 'TIFF', begins: /^(?:II\*\0|MM\0\*|II\+\0|MM\0\+)/, isSharps: true },
  { name: 'AVIF', begins: /^.{4}ftypavi[fs]/s, isSharps: true },
  {
    name: 'SVG',
    begins: /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg\b/s,
    isSharps: true,
  },
  { name: 'HEIC', begins: /^.{4}ftyp(?:hei[cmsx]|hev[cx]|mif1|msf1)/s, isSharps: false },
  { name: 'BMP', begins: /^BM/, isSharps: false },
  { name: 'JPEG XL', begins: ['\u00ff\n', '\0\0\0\fJXL '], isSharps: false },
  { name: 'JPEG 2000', begins: ['\0\0\0\fjP  ', '\u00ffO\u00ffQ'], isSharps: false },
  { name: 'Photoshop', begins: /^8BPS/, isSharps: false },
  { name: 'Netpbm', begins: /^P[1-7]\s/, isSharps: false },
]

/** Names of images that are passed over end with one of these: no decoder here, nor sharp, takes them in a folder. */
const PASSED_OVER =
  /\.(heic|heif|bmp|dib|jxl|jp2|j2k|psd|ppm|pgm|pbm|pnm|tga|ico|svg|exr|hdr|cr2|cr3|nef|arw|dng|raf)$/i

/** How the name of an image of a format that is passed over ends, with its dot; undefined for any other name. */
export const passedOver = (name: string): string | undefined => PASSED_OVER.exec(name)?.[0].toLowerCase()

/** How images of another format become ones that are read. */
export const conversion = (files: string): string =>
  `convert to PNG, such as with ImageMagick: mogrify -format png ${files}`

const beginningOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 1000))

const formatOf = (bytes: Uint8Array): Format | undefined => {
  const text = beginningOf(bytes)
  return FORMATS.find(({ begins }) =>
    begins instanceof RegExp ? begins.test(text) : begins.some((opening) => text.startsWith(opening)),
  )
}

/** Whether a file is of no format that sharp decodes. */
export const isForeign = (bytes: Uint8Array): boolean => formatOf(bytes)?.isSharps !== true

/** What a file is that no decoder takes; `hasSharp` where that one did not either. */
export function foreignImage(bytes: Uint8Array, hasSharp: boolean): BetavaeError {
  const format = formatOf(bytes)
  if (!format)
    return new BetavaeError({
      code: 'image/none',
      seen:
        bytes.length === 0
          ? 'an empty file'
          : `a file that is no image: it begins with ${JSON.stringify(beginningOf(bytes).slice(0, 12))}`,
      wanted: 'an image',
      fix: 'copy or save the image again, or leave it out',
      usage: true,
    })
  const { name, isSharps } = format
  const convert = `${conversion('<file>')}; or leave it out`
  return new BetavaeError({
    code: 'image/no-decoder',
    seen: `an image of the format ${name}, and no library that decodes it`,
    wanted: isSharps ? 'PNG or JPEG images, or the npm package sharp for this one' : 'PNG or JPEG images',
    fix: isSharps && !hasSharp ? `npm install sharp, or ${convert}` : convert,
    usage: true,
  })
}
