import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fail } from '../../base/errors.ts'
import type { Dataset } from '../dataset.ts'
import { openIdxFolder } from '../idx-folder.ts'
import { type OpenOptions, openBytes } from '../open-bytes.ts'
import { sources } from '../sources/index.ts'
import { diskFolder, nodeHost, readBytes } from './disk.ts'

const looksLikePath = (text: string): boolean => /[\\/.]/.test(text)

function notFound(nameOrPath: string): never {
  const names = sources.map(({ name }) => name).join(', ')
  if (looksLikePath(nameOrPath))
    return fail({
      code: 'data/missing',
      seen: `no file or folder "${nameOrPath}"`,
      wanted: `a .csv, .npy, .npz or IDX file, a folder of IDX files, or one of ${names}`,
      fix: 'check the path',
      usage: true,
    })
  return fail({
    code: 'data/unknown',
    seen: `unknown data set "${nameOrPath}"`,
    wanted: `one of ${names}, or a file or folder`,
    fix: 'check the spelling; write ./name for a folder of that name',
    usage: true,
  })
}

/**
 * Opens a data set by built-in name, or from a file or a folder of IDX files on disk.
 *
 * Errors: `data/unknown`, `data/missing`, `data/mnist-missing`, and those of `openBytes` and `openIdxFolder`.
 */
export async function openData(nameOrPath: string, options: OpenOptions = {}): Promise<Dataset> {
  const source = sources.find(({ name }) => name === nameOrPath)
  if (source) return source.load(nodeHost)
  const found = await stat(nameOrPath).catch(() => undefined)
  if (found === undefined) return notFound(nameOrPath)
  if (found.isDirectory()) return openIdxFolder(diskFolder(resolve(nameOrPath)), undefined, options)
  return openBytes(nameOrPath, await readBytes(nameOrPath), options)
}
