import { fail } from '../base/errors.ts'
import { broughtBy, type Part } from '../base/parts.ts'
import { encodedTable } from '../data/tables/dataset.ts'
import type { EncodeOptions } from '../data/tables/encode.ts'
import { type TableRows, tableAt } from '../data/tables/held-table.ts'
import { heldRows } from '../data/tables/row-store.ts'
import type { TableModel } from '../infer/tables/table-model.ts'
import { dataOfDraft } from '../recipe/complete.ts'
import { type AnyDraft, checkDraft, draftFor } from '../recipe/draft.ts'
import type { DatasetDraft } from '../recipe/recipe.ts'
import type { CheckedRecipe, DraftBeside } from '../recipe/typed-draft.ts'
import type { TrainEvent } from '../train/events.ts'
import { openTableModelOn } from './open-table-model.ts'
import type { OpeningPlatform, Platform } from './platform.ts'
import { type TrainOptions, trainOn } from './train.ts'
import { Training } from './training.ts'

/** @inline */
export interface TrainTableOptions<Parts extends readonly Part[] = readonly Part[]>
  extends Omit<TrainOptions<Parts>, 'dataset'>,
    EncodeOptions {}

/**
 * Trains on rows and gives what scores, fills and makes rows like them: `const model = await trainTable(rows)`.
 *
 * Rows are objects, `{ columns, rows }`, or text or bytes of a file; a text of one line is the path or address
 * of a file. What the options leave open is inferred: the kinds of
 * columns, the network, how long to train. No rows are
 * held out for testing, and for validation a tenth, or so many that 5% of false alarms can be promised. Can be
 * read for its events, as `train`'s.
 *
 * Errors: those of `train`, `table/rows`, `table/empty`, `table/nested`, `table/columns`, `table/kind`,
 * `table/nothing`.
 *
 * @inline
 */
export type TrainTable = {
  <const Parts extends readonly Part[] = readonly []>(
    rows: TableRows,
    draft?: DraftBeside<Parts>,
    options?: TrainTableOptions<Parts>,
  ): Training<TableModel>
  (rows: TableRows, recipe: CheckedRecipe, options?: TrainTableOptions): Training<TableModel>
}

/** The same for drafts as plain data: what our apps and tests call. @inline */
export type TrainTablePlain = (
  rows: TableRows,
  draft?: DatasetDraft,
  options?: TrainTableOptions,
) => Training<TableModel>

/** `trainTable` as a platform has it. */
export const trainTableOn =
  (platform: Platform, opening: OpeningPlatform): TrainTable & TrainTablePlain =>
  (rows: TableRows, draft: AnyDraft = {}, options: TrainTableOptions = {}) =>
    new Training(trainingOn({ ...platform, ...opening }, rows, draft, options))

async function* trainingOn(
  platform: Platform & OpeningPlatform,
  rows: TableRows,
  given: AnyDraft,
  { unseen, ...options }: TrainTableOptions,
): AsyncGenerator<TrainEvent, TableModel, undefined> {
  const stream = await tableAt(rows, platform.openTable)
  const draft = checkDraft(draftFor(given, stream))
  const asked = dataOfDraft(draft, broughtBy(options.parts ?? [], draft.parts))
  const { exclude, kinds, missing, label, table, condition, windows } = asked
  const dataset = await encodedTable(stream, heldRows, {
    ...{ exclude, kinds, missing, label, unseen },
    ...(condition && { condition }),
    ...(windows && { ordering: platform.ordered?.(windows) ?? refuseOrder() }),
    ...(asked.given && { given: asked.given }),
    ...(options.parts && { parts: options.parts }),
    ...(table ? { schema: table } : {}),
  })
  const data = { ...heldOut(dataset.count), ...draft.data }
  const training = trainOn(platform)({ ...draft, data }, { ...options, dataset })
  yield* training
  const { engine, wasmPaths } = options
  return openTableModelOn(platform)(await training, { engine, wasmPaths, unseen })
}

const refuseOrder = (): never =>
  fail({
    code: 'table/order-page',
    seen: 'windows of ordered rows in a page',
    wanted: 'Node.js, where tables may have an order',
    fix: 'train there, or leave windows out',
    usage: true,
  })

/** Held-out rows that promise 5% of false alarms, and of a small table no more than this share. */
const CALIBRATION = 20
const MOST_HELD_OUT = 0.3

const heldOut = (rows: number) => ({
  validation: Math.min(Math.max(0.1, CALIBRATION / rows), MOST_HELD_OUT),
  test: 0,
})
