/** New series like those that a model of windows was trained on. */
import type { Cell } from '../../../data/tables/cell.ts'
import { rowDecoder } from '../../../data/tables/encode.ts'
import { newGroups, newTimes } from '../../../data/tables/windows/new-series.ts'
import { orderingColumns } from '../../../data/tables/windows/ordering.ts'
import { checkCount } from '../../arguments.ts'
import type { ModelParts } from '../../model-parts.ts'
import { SCORE_DRAWS } from '../score-draws.ts'
import type { CellTable, SynthesizeOptions } from '../synthesize.ts'
import type { SeriesFiller } from './fill-series.ts'
import { SERIES } from './kept.ts'
import { refuseRows, refuseSeries } from './refuse-rows.ts'
import type { SeriesTables } from './series-table.ts'

export async function synthesizeSeries(
  { schema, windows, columns }: SeriesTables,
  { values }: Pick<ModelParts, 'values'>,
  filler: SeriesFiller,
  count: number,
  { series = 1, seed = 0, signal, where, rules, unique, from }: SynthesizeOptions,
): Promise<CellTable> {
  if ([where, rules, unique, from].some((one) => one !== undefined))
    refuseRows('conditions, rules, and where codes come from')
  const { order, group } = windows
  const groups = newGroups(windows, checkCount(series, 'series'), seed)
  if (series > 1 && group === undefined) refuseSeries(series)
  const pace = values[SERIES.pace].data
  const decode = rowDecoder(schema, { clip: true })
  const rows: Cell[][] = []
  for (const [number, name] of groups.entries()) {
    const { cells, elapsed } = newTimes(windows, { pace, rows: count, seed, number })
    const made = decode(await filler.make(elapsed, { draws: SCORE_DRAWS, number, seed, signal }))
    for (const [at, time] of cells.entries())
      rows.push([...made[at], time, ...(group === undefined || group === order ? [] : [name])])
  }
  return { columns: [...columns, ...orderingColumns(windows)], rows }
}
