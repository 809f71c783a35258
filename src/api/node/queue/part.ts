/** Parts of a folder as jobs: each becomes a file in a folder that all workers share. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { fileDigest } from '../shards/digests.ts'
import { partManifest, standingPart } from '../shards/folder.ts'
import { weightsDigest } from '../shards/manifest.ts'
import { lostFor } from './beats.ts'
import { finishJob, returnJob } from './claims.ts'
import { modelKey } from './kept-model.ts'
import type { Queue } from './open-queue.ts'
import type { PartTask, PartWork } from './part-work.ts'
import { restoreSnapshot } from './snapshots.ts'
import type { Perform } from './worker.ts'

/** Makes a part by the run at its place here. */
export type MakePart = (task: PartTask, run: string, signal: AbortSignal) => Promise<void>

/** What does parts. Errors: `parts/changed`, `parts/model`, `parts/written`. */
export function partKind(make: MakePart): { readonly perform: Perform } & AsyncDisposable {
  const models = runsHere()
  return {
    async perform(queue, claim, _, { signal, beats }) {
      const { task } = claim.work as PartWork
      const either = AbortSignal.any([signal, beats.lost])
      try {
        const { command, options, model, digest, out } = task
        await checkSource(task, either)
        const standing = () =>
          standingPart({ out, manifest: partManifest(out) }, { command, options, model }, digest, either)
        // Where a worker died after it had written, nothing is left to do.
        if (!(await standing())) await make(task, await models.place(queue, task), either)
        const { rows, output } = (await standing()) ?? refuseWritten(task)
        const written = { rows: rows.count, sha256: output.sha256 }
        return { kind: (await finishJob(queue, claim, { written })) ? 'finished' : 'lost' }
      } catch (error) {
        if (beats.lost.aborted) return lostFor(beats)
        if (!signal.aborted) throw error
        await returnJob(queue, claim)
        return { kind: 'returned' }
      }
    },
    [Symbol.asyncDispose]: models.remove,
  }
}

const FETCHED = 'betavae-model-'
const isFetched = (place: string): boolean => basename(dirname(place)).startsWith(FETCHED)

/** Where runs lie on this machine; those that came out of a queue are removed in the end. */
function runsHere() {
  const places = new Map<string, Promise<string>>()
  return {
    place(queue: Queue, { run, model: { sha256 } }: PartTask): Promise<string> {
      const known = places.get(sha256)
      if (known) return known
      const found = placeOf(queue, run, sha256)
      places.set(sha256, found)
      // The next job looks again.
      found.catch(() => places.delete(sha256))
      return found
    },
    async remove() {
      for (const found of places.values()) {
        const place = await found.catch(() => undefined)
        if (place !== undefined && isFetched(place))
          await rm(dirname(place), { recursive: true, force: true })
      }
    },
  }
}

/** Where the run lies here, if its model is that one; else it comes out of the queue. */
async function placeOf(queue: Queue, run: string, sha256: string): Promise<string> {
  if ((await weightsDigest(run)) === sha256) return run
  const place = join(await mkdtemp(join(tmpdir(), FETCHED)), basename(run))
  if (await restoreSnapshot(queue, modelKey(sha256), place))
    if ((await weightsDigest(place)) === sha256) return place
  await rm(dirname(place), { recursive: true, force: true })
  return fail({
    code: 'parts/model',
    seen: `no run "${run}" here with the model that was asked for, and none in the queue`,
    wanted: `a model with the digest ${sha256.slice(0, 12)}…`,
    fix: 'put that run there, or begin the same command again',
  })
}

async function checkSource({ source, digest }: PartTask, signal: AbortSignal): Promise<void> {
  const found = await fileDigest(source, signal).catch((error: NodeJS.ErrnoException) => {
    if (signal.aborted) throw error
    return undefined
  })
  if (found === digest) return
  fail({
    code: 'parts/changed',
    seen: found === undefined ? `no file "${source}" that can be read here` : `other bytes in "${source}"`,
    wanted: 'the table as it was when the job was put',
    fix: 'share its folder with all workers, then begin the same command again',
  })
}

const refuseWritten = ({ out }: PartTask): never =>
  fail({
    code: 'parts/written',
    seen: `other bytes in "${out}" than were written`,
    wanted: 'a folder that nothing else writes into',
    fix: 'end what writes there, then begin the same command again',
  })
