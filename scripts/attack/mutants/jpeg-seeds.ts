import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The part of @jsquash/jpeg that is used. */
interface Encoder {
  init(wasm: WebAssembly.Module): Promise<void>
  default(
    image: { data: Uint8ClampedArray; width: number; height: number },
    options: object,
  ): Promise<ArrayBuffer>
}

const [WIDTH, HEIGHT] = [24, 17]

/** A small image, as it is scanned once, progressively, and in grey. */
export async function jpegSeeds(): Promise<Uint8Array[]> {
  const path = createRequire(import.meta.url).resolve('@jsquash/jpeg/encode.js')
  const encoder = (await import(pathToFileURL(path).href)) as Encoder
  await encoder.init(
    await WebAssembly.compile(await readFile(join(dirname(path), 'codec', 'enc', 'mozjpeg_enc.wasm'))),
  )
  const data = Uint8ClampedArray.from({ length: 4 * WIDTH * HEIGHT }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 13) % 256,
  )
  const forms = [{ baseline: true }, { progressive: true }, { color_space: 1 }]
  const made = forms.map((form) => encoder.default({ data, width: WIDTH, height: HEIGHT }, form))
  return (await Promise.all(made)).map((bytes) => new Uint8Array(bytes))
}
