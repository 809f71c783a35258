import { existsSync } from 'node:fs'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../../base/errors.ts'
import { makeFolder, writeWhole } from '../../runs/node/files.ts'
import { partialPath } from '../../runs/node/partial.ts'
import { parseJson } from '../../runs/node/store.ts'
import { checkPlan, type SweepPlan } from '../plan.ts'

const PLAN = 'sweep.json'

/** Folder of the runs of a sweep. */
export const MEMBERS = 'members'

/** A sweep on disk. */
export interface SweepDirectory {
  readonly path: string
  readonly plan: SweepPlan
  /** Folder of its members, each a run. */
  readonly members: string
  /** Puts another plan in place of its own. */
  replan(plan: SweepPlan): Promise<void>
  /** Writes a file of the sweep, such as `frontier.json`. */
  write(name: string, content: string): Promise<void>
}

const sweepDirectory = (path: string, plan: SweepPlan): SweepDirectory => ({
  path,
  plan,
  members: join(path, MEMBERS),
  replan: (changed) => writeWhole(join(path, PLAN), planText(changed)),
  write: (name, content) => writeWhole(join(path, name), content),
})

const planText = (plan: SweepPlan): string => `${JSON.stringify(plan, null, 2)}\n`

/** Whether a folder holds a sweep. */
export const isSweep = (path: string): boolean => existsSync(join(path, PLAN))

/** Makes a new sweep in an empty folder. */
export async function createSweep(path: string, plan: SweepPlan): Promise<SweepDirectory> {
  const directory = sweepDirectory(path, plan)
  await directory.replan(plan)
  return directory
}

/** Makes a sweep that others may be making at this moment; false where one of them has. */
export async function createFirst(path: string, plan: SweepPlan): Promise<boolean> {
  await makeFolder(path)
  const file = join(path, PLAN)
  const own = partialPath(file)
  await writeFile(own, planText(plan), { flush: true })
  try {
    await link(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // Some file systems know no links: who comes last has made it, and of one job all make the same.
    await createSweep(path, plan)
    return true
  } finally {
    await rm(own, { force: true })
  }
}

/** Opens a sweep. Errors: `sweep/not-a-sweep`, `sweep/invalid`, `files/json`. */
export async function openSweep(path: string): Promise<SweepDirectory> {
  const file = join(path, PLAN)
  if (!isSweep(path))
    return fail({
      code: 'sweep/not-a-sweep',
      seen: `no ${PLAN} in "${path}"`,
      wanted: 'the folder of a sweep',
      fix: 'check the path, or begin one with: betavae sweep <data>',
      usage: true,
    })
  return sweepDirectory(path, checkPlan(parseJson(file, await readFile(file, 'utf8')), file))
}
