import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { unpackedName } from '../../file-name.ts'
import { hasTableEnding } from '../reader-of.ts'

/** Whether a path stands for all files that it matches: `*` is any part of a name, `?` a character of it. */
export const isPattern = (path: string): boolean => /[*?]/.test(path)

const byName = new Intl.Collator('en', { numeric: true }).compare

/** Names in a folder, as people count them: part-2 before part-10. Those that begin with a dot or _ are passed over. */
const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => !/^[._]/.test(name)).toSorted(byName)

const matcherOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false

async function matching(folder: string, [part, ...rest]: readonly string[]): Promise<string[]> {
  if (part === undefined) return [folder]
  if (!isPattern(part)) return matching(join(folder, part), rest)
  const names = (await namesIn(folder || '.')).filter((name) => matcherOf(part).test(name))
  const found = await Promise.all(names.map((name) => matching(join(folder, name), rest)))
  return found.flat()
}

/** The tables in a folder, or the files that a pattern matches, in the order of their names. */
export async function tableFiles(path: string): Promise<readonly string[]> {
  if (!isPattern(path) || (await isFolder(path))) {
    const names = await namesIn(path)
    return names
      .filter((name) => hasTableEnding(unpackedName(name.toLowerCase())))
      .map((name) => join(path, name))
  }
  const parts = path.split(/[\\/]/)
  const found = await matching(parts[0] === '' ? '/' : '', parts[0] === '' ? parts.slice(1) : parts)
  const folders = await Promise.all(found.map(isFolder))
  return found.filter((_, at) => !folders[at])
}
