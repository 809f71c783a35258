import { type Unzipped, unzipSync, zipSync } from 'fflate'
import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { readNpy, writeNpy } from './npy.ts'

/** The earliest time a zip entry can hold, so that equal arrays give equal bytes. */
const EPOCH = new Date(1980, 0, 1)

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

function unzipped(bytes: Uint8Array): Unzipped {
  try {
    return unzipSync(bytes, { filter: ({ name }) => name.endsWith('.npy') })
  } catch (cause) {
    return fail({
      code: 'npz/torn',
      seen: `an .npz file of ${bytes.length} bytes that does not unzip`,
      wanted: 'a whole zip archive of .npy files',
      fix: 'write the file again with numpy.savez or numpy.savez_compressed',
      cause,
    })
  }
}

/** Reads NumPy's .npz, stored or compressed: the arrays by name. Errors: `npz/torn` and those of `readNpy`. */
export function readNpz(bytes: Uint8Array): Record<string, NDArray> {
  return Object.fromEntries(
    Object.entries(unzipped(bytes)).map(([name, file]) => [name.slice(0, -'.npy'.length), readNpy(file)]),
  )
}

/** Writes .npz; the same arrays always give the same bytes. */
export function writeNpz(
  arrays: Readonly<Record<string, NDArray>>,
  { compress = true }: { compress?: boolean } = {},
): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)] as const)
  return zipSync(Object.fromEntries(files), { level: compress ? 6 : 0, mtime: EPOCH })
}
