/** The worker's entry: the first message is a `Hello`, every other one a `Request`. */
import { browserEngines } from '../../../inside.ts'
import type { Request, ToWorker } from '../protocol.ts'
import { openDesk } from './desk.ts'
import type { DecodedImage, Host } from './host.ts'

let receive: ((request: Request) => Promise<void>) | undefined

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if ('wasmPaths' in data) receive = openDesk(hostOf(data.wasmPaths))
  else void receive?.(data)
})

const hostOf = (wasmPaths: string): Host => ({
  candidates: browserEngines,
  wasmPaths,
  asset: readAsset,
  image: decodeImage,
  post: (message, transfer = []) => postMessage(message, [...transfer]),
})

async function readAsset(): Promise<Uint8Array> {
  const response = await fetch(new URL('../assets/mnist-sample.npz', import.meta.url))
  if (!response.ok) throw new Error(`the sample of MNIST was not found (${response.status})`)
  return new Uint8Array(await response.arrayBuffer())
}

async function decodeImage(file: File, side?: number): Promise<DecodedImage> {
  const bitmap = await createImageBitmap(file)
  const least = Math.min(bitmap.width, bitmap.height)
  const [width, height] = side === undefined ? [bitmap.width, bitmap.height] : [side, side]
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('this browser draws no images in a worker')
  context.imageSmoothingQuality = 'high'
  // What is transparent stands before black, as it does where the library reads images.
  context.fillRect(0, 0, width, height)
  const [left, top] = side === undefined ? [0, 0] : [(bitmap.width - least) / 2, (bitmap.height - least) / 2]
  const [wide, high] = side === undefined ? [width, height] : [least, least]
  context.drawImage(bitmap, left, top, wide, high, 0, 0, width, height)
  bitmap.close()
  return { width, height, rgba: context.getImageData(0, 0, width, height).data }
}
