import { readdir } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { fail } from '../../base/errors.ts'
import { fileNameOf } from '../file-name.ts'
import { conversion, passedOver } from './images/foreign.ts'
import { isImageName } from './images/list.ts'

/** Folders below that are looked into, and files of all of them. */
const DEPTH = 4
const MOST_FILES = 5000
/** Endings that are named. */
const NAMED = 3

/** Refuses a folder that holds nothing which is read, by what it does hold. Error (usage): `data/folder`. */
export async function refuseFolder(given: string): Promise<never> {
  const name = fileNameOf(resolve(given))
  const files = await filesIn(given)
  return fail({
    code: 'data/folder',
    seen: `neither images, tables nor IDX files in the folder "${name}"${holding(files)}`,
    wanted:
      'PNG or JPEG images in it or in its subfolders, tables of the same columns, or IDX files named train-images-idx3-ubyte, …',
    fix: fixOf(given, files),
    usage: true,
  })
}

/** A file, and the folder that it is in, below the one that was named. */
interface Found {
  readonly name: string
  readonly folder: string
}

async function filesIn(path: string): Promise<Found[]> {
  const found: Found[] = []
  const visit = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(path, folder), { withFileTypes: true }).catch(() => [])
    const own = entries.filter(({ name }) => !name.startsWith('.'))
    for (const entry of own) {
      if (found.length >= MOST_FILES) return
      if (entry.isFile()) found.push({ name: entry.name, folder })
      else if (entry.isDirectory() && depth > 0) await visit(join(folder, entry.name), depth - 1)
    }
  }
  await visit('', DEPTH)
  return found
}

/** Which files there are, the most common endings first. */
function holding(files: readonly Found[]): string {
  if (files.length === 0) return ', which is empty'
  const counts = new Map<string, number>()
  for (const { name } of files) {
    const ending = extname(name).toLowerCase() || 'files without an ending'
    counts.set(ending, (counts.get(ending) ?? 0) + 1)
  }
  const most = [...counts].sort(([, a], [, b]) => b - a).map(([ending, count]) => `${count} ${ending}`)
  return `, but ${most.slice(0, NAMED).join(', ')}${most.length > NAMED ? ', …' : ''}`
}

function fixOf(given: string, files: readonly Found[]): string {
  const deep = files.find(({ name }) => isImageName(name))
  if (deep) return `write ${join(given, deep.folder)}, where images are`
  const ending = files.map(({ name }) => passedOver(name)).find((found) => found !== undefined)
  if (ending !== undefined) return conversion(`*${ending}`)
  return 'name the folder that holds these files'
}
