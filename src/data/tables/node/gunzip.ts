import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { fail } from '../../../base/errors.ts'

const isZlib = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && `${error.code}`.startsWith('Z_')

/** What is inside gzip bytes, unpacked as they come. Error: `gzip/torn`. */
export async function* gunzippedPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(bytes, { objectMode: false })
  const unpacked = createGunzip({ chunkSize: 2 ** 18 })
  packed.on('error', (error) => unpacked.destroy(error))
  try {
    yield* packed.pipe(unpacked)
  } catch (error) {
    if (!isZlib(error)) throw error
    fail({
      code: 'gzip/torn',
      seen: `gzip data that do not unpack (${(error as Error).message})`,
      wanted: 'whole gzip members',
      fix: 'copy or download the file again',
      cause: error,
    })
  } finally {
    packed.destroy()
    unpacked.destroy()
  }
}
