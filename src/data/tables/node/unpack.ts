import { Readable, type Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { fail } from '../../../base/errors.ts'
import { refuseZstd } from '../packing.ts'

/** Bytes that are handed on at once. */
const chunkSize = 2 ** 18

const isZlib = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error &&
  'code' in error &&
  /^(Z_|ZSTD_|ERR_ZSTD|ERR_STREAM_PREMATURE)/.test(`${error.code}`)

/** What bytes unpack to, as they come. */
async function* unpackedPieces(
  bytes: AsyncIterable<Uint8Array>,
  unpacked: Transform,
  refuse: (error: Error) => never,
): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(bytes, { objectMode: false })
  packed.on('error', (error) => unpacked.destroy(error))
  try {
    yield* packed.pipe(unpacked)
  } catch (error) {
    if (!isZlib(error)) throw error
    refuse(error)
  } finally {
    packed.destroy()
    unpacked.destroy()
  }
}

/** What is inside gzip bytes. Error: `gzip/torn`. */
export const gunzippedPieces = (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> =>
  unpackedPieces(bytes, zlib.createGunzip({ chunkSize }), (error) =>
    fail({
      code: 'gzip/torn',
      seen: `gzip data that do not unpack (${error.message})`,
      wanted: 'whole gzip members',
      fix: 'copy or download the file again',
      cause: error,
    }),
  )

/** What is inside Zstandard bytes. Errors: `zstd/torn`; `table/packed` where this Node.js is older than that. */
export function unzstdPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (!('createZstdDecompress' in zlib)) return refuseZstd()
  return unpackedPieces(bytes, zlib.createZstdDecompress({ chunkSize }), (error) =>
    fail({
      code: 'zstd/torn',
      seen: `Zstandard data that do not unpack (${error.message})`,
      wanted: 'whole Zstandard frames',
      fix: 'copy or download the file again',
      cause: error,
    }),
  )
}
