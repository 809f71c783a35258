import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Frontier, isWrittenNow, openSweep, parseJson, sweepProgress } from '../../../inside.node.ts'
import type { ServedSweep, SweepList } from '../../studio/session/answers.ts'
import type { Catalog, CatalogPlace } from '../catalog.ts'
import { failureOf } from '../failure.ts'
import type { Route } from '../route.ts'

/** The sweeps there are, each with the table of those that have ended. */
export const sweeps: Route = {
  path: 'sweeps',
  async answer({ catalog }) {
    const list: SweepList = {
      sweeps: await Promise.all((await catalog.sweeps()).map((place) => served(catalog, place))),
    }
    return { json: list }
  },
}

async function served(catalog: Catalog, { id, path }: CatalogPlace): Promise<ServedSweep> {
  try {
    const sweep = await openSweep(path)
    const { betas, seeds } = sweep.plan
    const frontier = await frontierOf(path)
    const runs = (await catalog.members(sweep)).map((member) => member.id)
    const queued = await sweepProgress(path)
    return {
      ...{ id, betas, seeds, runs, isRunning: await isWrittenNow(path) },
      ...(queued.length > 0 ? { queued } : {}),
      ...(frontier ? { frontier } : {}),
    }
  } catch (error) {
    return { id, betas: [], seeds: [], runs: [], failure: failureOf(error) }
  }
}

async function frontierOf(path: string): Promise<Frontier | undefined> {
  const file = join(path, 'frontier.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (parseJson(file, text) as Frontier)
}
