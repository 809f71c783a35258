import { readingThreads } from '../threads/pool.ts'
import type { ImageFiles } from './file.ts'

/** Images that are looked into, spread evenly over all. */
const LOOKED_INTO = 128
/** Bits that cameras and scanners fill of 16. */
const DEPTHS = [8, 10, 12, 14]

/**
 * Bits that the samples of 16-bit images fill, of all of them together: 12 bits are often written as numbers up to 4,095,
 * and would be sixteen greys if they were taken for 16.
 *
 * undefined where they fill 16.
 */
export async function bitsOfDeep({ folder, files }: ImageFiles): Promise<number | undefined> {
  const every = Math.max(1, Math.ceil(files.length / LOOKED_INTO))
  const some = files.filter((_, at) => at % every === 0)
  const { count } = readingThreads()
  const parts = Array.from({ length: count }, (_, part) => some.filter((_, at) => at % count === part))
  const found = await Promise.all(
    parts.map((part) => readingThreads().run('greatestSamples', { folder, files: part })),
  )
  const greatest = Math.max(0, ...found.flatMap((part) => Array.from(part)))
  return greatest === 0 ? undefined : DEPTHS.find((bits) => greatest < 2 ** bits)
}
