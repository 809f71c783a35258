import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { nearest } from '../../base/nearest.ts'

/** What lies in the folder of a path and is called nearly so, written as the path is; undefined where nothing is. */
export async function nearPath(path: string): Promise<string | undefined> {
  const names = await readdir(dirname(path)).catch(() => [])
  const name = nearest(basename(path), names)
  return name === undefined ? undefined : join(dirname(path), name)
}

/** What to do about a path where nothing is. */
export async function pathFix(path: string): Promise<string> {
  const near = await nearPath(path)
  return near === undefined ? 'check the path' : `write ${near}, which is there, or check the path`
}
