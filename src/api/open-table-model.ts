import { fail } from '../base/errors.ts'
import { spacedTurns } from '../base/spaced-turns.ts'
import { LABEL } from '../data/tables/dataset.ts'
import type { EncodeOptions } from '../data/tables/encode.ts'
import type { TableModel } from '../infer/tables/table-model.ts'
import { tableModelOf } from '../infer/tables/table-model.ts'
import { modelParts } from '../recipe/trained.ts'
import { remember } from './made-of.ts'
import { type ModelSource, madeFrom, type OpenModelOptions } from './open.ts'
import type { OpeningPlatform } from './platform.ts'
import { trainedIn } from './trained-in.ts'

/** @inline */
export interface OpenTableModelOptions extends OpenModelOptions, EncodeOptions {}

/** Makes a trained model of a table usable. Errors: `table/not-a-table`, and those of `open`. @inline */
export type OpenTableModel = (source: ModelSource, options?: OpenTableModelOptions) => Promise<TableModel>

/** `openTableModel` as a platform has it. */
export const openTableModelOn =
  (platform: OpeningPlatform): OpenTableModel =>
  async (source, options = {}) => {
    const made = await madeFrom(platform, source, options)
    const trained = await trainedIn(made.found)
    const { data } = trained.recipe
    const schema = data.table ?? notATable(`a model of "${trained.data.name}"`)
    const parts = modelParts(trained)
    const about = { given: data.given, windows: data.windows }
    // What scores, fills and makes rows is for those who ask for it: a page that only trains never loads it.
    const { openTableService } = await import('../infer/tables/table-service.ts')
    const service = options.worker
      ? await platform.thread.openTable(parts, schema, { ...options, ...about })
      : await openTableService(await made.engine(), parts, schema, { ...options, ...about })
    const known = (data.given?.columns ?? []).map(({ name }) => name)
    const ordering = data.windows ? [data.windows.order, data.windows.group ?? data.windows.order] : []
    const left = [...(data.exclude ?? []), data.label ?? LABEL, ...known, ...ordering]
    const inTurn = options.worker ? spacedTurns() : undefined
    return remember(tableModelOf(service, { schema, left, ordering, open: platform.openTable, inTurn }), made)
  }

/** Refuses a model, or a run, that knows no columns. */
export function notATable(what: string): never {
  return fail({
    code: 'table/not-a-table',
    seen: `${what}, which was trained on numbers or images`,
    wanted: 'one that was trained on a table, whose columns it knows',
    fix: 'train one: trainTable(rows), or betavae train <table.csv>',
    usage: true,
  })
}
