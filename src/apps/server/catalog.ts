import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { BetavaeError, isSearch, isSweep, listRuns, MEMBERS, type SweepDirectory } from '../../inside.node.ts'

/** A run or a sweep below the folder of runs. */
export interface CatalogPlace {
  /** Its place below that folder, with `/` between names. */
  readonly id: string
  readonly path: string
}

/** The runs and sweeps of a folder, or the one run or sweep that the folder itself is. Looked up afresh every time. */
export interface Catalog {
  readonly folder: string
  runs(): Promise<readonly CatalogPlace[]>
  /** Error `studio/no-such-run`. */
  run(id: string): Promise<CatalogPlace>
  sweeps(): Promise<readonly CatalogPlace[]>
  /** The runs of a sweep that have begun. */
  members(sweep: SweepDirectory): Promise<readonly CatalogPlace[]>
}

export function catalogOf(folder: string): Catalog {
  const hasMembers = (path: string) => isSweep(path) || isSearch(path)
  const isOne = hasMembers(folder) || isRun(folder)
  const parent = isOne ? dirname(folder) : folder
  const placed = (path: string): CatalogPlace => ({ id: relative(parent, path).split(sep).join('/'), path })
  const members: Catalog['members'] = async (sweep) => (await listRuns(sweep.members)).map(placed)
  const sweeps = async () => (isOne ? [folder] : await children(folder)).filter(isSweep).map(placed)
  const runs = async () => {
    const own = isOne ? [folder].filter(isRun) : await listRuns(folder)
    const grids = (isOne ? [folder] : await children(folder)).filter(hasMembers)
    const swept = await Promise.all(grids.map((path) => listRuns(join(path, MEMBERS)).catch(() => [])))
    return [...own, ...swept.flat()].map(placed)
  }
  return {
    folder,
    runs,
    sweeps,
    members,
    // Only what is listed can be asked for, so that no id leads out of the folder.
    run: async (id) => (await runs()).find((place) => place.id === id) ?? refuseUnknown(id, folder),
  }
}

const isRun = (path: string): boolean => existsSync(join(path, 'recipe.json'))

async function children(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.map((name) => join(folder, name)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

function refuseUnknown(id: string, folder: string): never {
  throw new BetavaeError({
    code: 'studio/no-such-run',
    seen: `no run "${id}" in "${folder}"`,
    wanted: 'a run that is still there',
    fix: 'choose another one from the list',
  })
}
