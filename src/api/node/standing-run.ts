import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { openRun, type RunDirectory } from '../../runs/node/store.ts'

/** The run at a place, where it has begun; what a process that was killed before that has left is removed. */
export async function standingRun(path: string): Promise<RunDirectory | undefined> {
  const directory = await openRun(path).catch((error: { code?: string }) => {
    if (error.code === 'runs/not-a-run') return undefined
    throw error
  })
  if (!directory && existsSync(path)) await rm(path, { recursive: true })
  return directory
}
