import { Unzip, UnzipInflate, unzipSync, zipSync } from 'fflate'
import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { readNpy, writeNpy } from './npy.ts'

/** The earliest time a zip entry can hold, so that equal arrays give equal bytes. */
const EPOCH = new Date(1980, 0, 1)

const EXTENSION = '.npy'
/** Compressed bytes that are unpacked at once where an array is looked at piece by piece. */
const PIECE = 2 ** 14

/** An .npz file of which an array is unpacked when it is asked for; `npz/torn` where that fails. */
export interface Npz {
  /** Bytes of each array's .npy file, by the array's name; 2^32 - 1 for what is larger than half of that. */
  readonly sizes: ReadonlyMap<string, number>
  /** An array by name; errors of `readNpy`, too. */
  read(name: string): NDArray
  /** The bytes of an array's .npy file, piece by piece, for as long as `take` says true. */
  unpack(name: string, take: (piece: Uint8Array) => boolean): void
}

/** Opens NumPy's .npz, stored or compressed. Error: `npz/torn`. */
export function openNpz(bytes: Uint8Array): Npz {
  const whole = <T>(work: () => T): T => orTorn(bytes.length, work)
  const sizes = new Map<string, number>()
  whole(() =>
    unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (name.endsWith(EXTENSION)) sizes.set(name.slice(0, -EXTENSION.length), originalSize)
        return false
      },
    }),
  )
  return {
    sizes,
    read(array) {
      const file = array + EXTENSION
      return readNpy(whole(() => unzipSync(bytes, { filter: ({ name }) => name === file })[file]))
    },
    unpack: (array, take) => whole(() => unpack(bytes, array + EXTENSION, take)),
  }
}

function orTorn<T>(size: number, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    return fail({
      code: 'npz/torn',
      seen: `an .npz file of ${size} bytes that does not unzip`,
      wanted: 'a whole zip archive of .npy files',
      fix: 'write the file again with numpy.savez or numpy.savez_compressed',
      cause,
    })
  }
}

function unpack(bytes: Uint8Array, wanted: string, take: (piece: Uint8Array) => boolean): void {
  let isDone = false
  const zip = new Unzip((file) => {
    if (file.name !== wanted) return
    file.ondata = (error, piece, isLast) => {
      if (error) throw error
      if (!isDone) isDone = !take(piece) || isLast
    }
    file.start()
  })
  zip.register(UnzipInflate)
  for (let at = 0; at < bytes.length && !isDone; at += PIECE)
    zip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
}

/** Writes .npz; the same arrays always give the same bytes. */
export function writeNpz(
  arrays: Readonly<Record<string, NDArray>>,
  { compress = true }: { compress?: boolean } = {},
): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)] as const)
  return zipSync(Object.fromEntries(files), { level: compress ? 6 : 0, mtime: EPOCH })
}
