import { fewAtATime, isWrittenNow, openRun, summarizeRun, summaryOf } from '../../../inside.node.ts'
import type { ListedRun, RunList, ServedRun } from '../../studio/session/answers.ts'
import type { CatalogPlace } from '../catalog.ts'
import { failureOf } from '../failure.ts'
import type { Route } from '../route.ts'

/** The runs there are, each in one line. */
export const runs: Route = {
  path: 'runs',
  async answer({ catalog }) {
    const list: RunList = {
      folder: catalog.folder,
      runs: await fewAtATime(await catalog.runs(), listed),
    }
    return { json: list }
  },
}

/** One run: its recipe, and what has happened so far. */
export const run: Route = {
  path: 'runs/:id',
  async answer({ catalog, id }) {
    return { json: await servedRun(await catalog.run(id)) }
  },
}

async function servedRun({ id, path }: CatalogPlace): Promise<ServedRun> {
  const directory = await openRun(path)
  const { recipe } = directory
  const events = await directory.events()
  return { id, training: await isWrittenNow(path), summary: summaryOf(recipe, events), recipe, events }
}

async function listed(place: CatalogPlace): Promise<ListedRun> {
  try {
    const { id, path } = place
    return {
      id,
      training: await isWrittenNow(path),
      summary: await summarizeRun(await openRun(path)),
    }
  } catch (error) {
    // One run that cannot be read must not hide the others.
    return { id: place.id, training: false, failure: failureOf(error) }
  }
}
