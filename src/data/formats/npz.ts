import { zipSync } from 'fflate'
import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { npyTexts, readNpy, writeNpy } from './npy.ts'
import { canUnpack, checkUnpacked } from './unpacked-size.ts'
import { unzipped, type ZipMember, zipMembers } from './zip.ts'

/** The earliest time a zip entry can hold, so that equal arrays give equal bytes. */
const EPOCH = new Date(1980, 0, 1)

const EXTENSION = '.npy'
/** An .npz file of which an array is unpacked when it is asked for; `npz/torn` where that fails. */
export interface Npz {
  /** Bytes of each array's .npy file, by the array's name. */
  readonly sizes: ReadonlyMap<string, number>
  /** An array by name; errors of `readNpy`, too. */
  read(name: string): NDArray
  /** The texts of an array by name; undefined for one of numbers. */
  texts(name: string): readonly string[] | undefined
  /** The bytes of an array's .npy file, piece by piece, for as long as `take` says true. */
  unpack(name: string, take: (piece: Uint8Array) => boolean): void
}

/**
 * Opens NumPy's .npz, stored or compressed; checksums are verified.
 *
 * Errors: `npz/torn`; when an array is read `data/too-large` for more than `memory` bytes, unless packed by little.
 */
export function openNpz(bytes: Uint8Array, memory?: number): Npz {
  const whole = <T>(work: () => T): T => orTorn(bytes.length, work)
  const found = whole(() => zipMembers(bytes)).filter(({ name }) => name.endsWith(EXTENSION))
  const members = new Map(found.map((member) => [member.name.slice(0, -EXTENSION.length), member]))
  const held = (array: string): Uint8Array => {
    const member = members.get(array) as ZipMember
    checkUnpacked(member.size, member.packedSize, memory)
    return whole(() => unpacked(bytes, member))
  }
  return {
    sizes: new Map([...members].map(([name, { size }]) => [name, size])),
    read: (array) => readNpy(held(array)),
    texts: (array) => npyTexts(held(array)),
    unpack(array, take) {
      whole(() => {
        for (const piece of unzipped(bytes, members.get(array) as ZipMember)) if (!take(piece)) return
      })
    },
  }
}

function unpacked(bytes: Uint8Array, member: ZipMember): Uint8Array {
  if (!canUnpack(member.size, member.packedSize)) throw new RangeError(`${member.size} bytes`)
  const all = new Uint8Array(member.size)
  let at = 0
  for (const piece of unzipped(bytes, member)) {
    all.set(piece, at)
    at += piece.length
  }
  return all
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

/** Writes .npz; the same arrays always give the same bytes. */
export function writeNpz(
  arrays: Readonly<Record<string, NDArray>>,
  { compress = true }: { compress?: boolean } = {},
): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, writeNpy(array)] as const)
  return zipSync(Object.fromEntries(files), { level: compress ? 6 : 0, mtime: EPOCH })
}
