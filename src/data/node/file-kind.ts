import { open } from 'node:fs/promises'
import { fileNameOf, unpackedName } from '../file-name.ts'
import { isIdx } from '../formats/idx.ts'
import { isNpy } from '../formats/npy.ts'
import { isZip } from '../formats/zip.ts'
import { hasTableEnding } from '../tables/reader-of.ts'

/** Arrays, and pictures, whose names say that they are no tables. */
const NO_TABLE = /\.np[yz]$|idx\d?(-ubyte)?$|\.(?:png|jpe?g|gif|bmp|webp|tiff?|avif|svg|pdf)$/

/** Whether a file is called a CSV file. */
export const isCsvFile = (path: string): boolean => unpackedName(path.toLowerCase()).endsWith('.csv')

/** The first bytes of a file. */
async function openingOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(64), 0, 64, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Whether the first file in an archive is an array of NumPy's. */
const holdsArrays = (opening: Uint8Array): boolean =>
  isZip(opening) && new TextDecoder().decode(opening.subarray(30)).includes('.npy')

/** Whether a file is to be read as a table, by its name, else by its first bytes: all that holds no arrays is. */
export async function isTableFile(path: string): Promise<boolean> {
  const name = unpackedName(fileNameOf(path).toLowerCase())
  if (NO_TABLE.test(name)) return false
  if (hasTableEnding(name)) return true
  const opening = await openingOf(path)
  return !(isNpy(opening) || isIdx(opening) || holdsArrays(opening))
}
