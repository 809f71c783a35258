import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../../../runs/node/files.ts'
import { isWrittenNow } from '../../../runs/node/lock.ts'
import { parseJson } from '../../../runs/node/store.ts'
import type { SweepDirectory } from '../../../sweep/node/store.ts'
import type { Job } from './jobs.ts'

/** How far a member is that a queue has. */
type MemberProgress = Pick<Job, 'name' | 'state' | 'worker' | 'step' | 'steps'>

const FILE = 'queue.json'

/** A file in a sweep's folder that says how its members on a queue stand, while they are followed. */
export function progressIn({ path }: SweepDirectory) {
  const file = join(path, FILE)
  let last = ''
  return {
    async tell(jobs: readonly Job[]): Promise<void> {
      const members = jobs.map(({ name, state, worker, step, steps }) => ({
        name,
        state,
        worker,
        step,
        steps,
      }))
      const text = JSON.stringify(members)
      if (text !== last) await writeWhole(file, text)
      last = text
    },
    [Symbol.asyncDispose]: () => rm(file, { force: true }),
  }
}

/** How members stand that a queue has and that are not in the sweep's folder yet; none where nobody follows them. */
export async function sweepProgress(path: string): Promise<readonly MemberProgress[]> {
  const file = join(path, FILE)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text !== undefined && (await isWrittenNow(path)) ? (parseJson(file, text) as MemberProgress[]) : []
}
