import { type RunSummary, summaryOf } from '../summary.ts'
import { toldEpoch } from '../told-epoch.ts'
import type { RunDirectory } from './store.ts'

/** How much of a log's end is read, as long as that does not hold the epoch that is told: the last one, or the best. */
const END_BYTES = [2 ** 12, 2 ** 16]

/** A run in one line of a list, from as little of its log as says what stands in the line. */
export async function summarizeRun(run: RunDirectory): Promise<RunSummary> {
  for (const bytes of END_BYTES) {
    const events = await run.lastEvents(bytes)
    const end = events.findLast((event) => event.kind === 'end')
    const told = toldEpoch(events)
    if (told && (!end?.bestEpoch || told.epoch === end.bestEpoch)) return summaryOf(run.recipe, events)
  }
  return summaryOf(run.recipe, await run.events())
}
