import { codecOf } from './codecs.ts'
import { forEachImage, type ImageFiles } from './file.ts'

/** The greatest sample of each image. Errors: those of decoding. */
export async function greatestSamples(images: ImageFiles): Promise<Int32Array<ArrayBuffer>> {
  const found = new Int32Array(images.files.length)
  await forEachImage(images, async (file, index) => {
    const bytes = file.slice(0, file.size)
    found[index] = codecOf(bytes).greatest?.(bytes) ?? 0
  })
  return found
}
