/** Rules that a table's rows keep, found once when its model is trained, and kept beside the model's numbers. */
import * as z from 'zod/mini'
import type { Cell } from '../../data/tables/cell.ts'
import { rowDecoder } from '../../data/tables/encode.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Feeds } from '../../engine/engine.ts'
import { learnRules } from '../../statistics/rules/learn.ts'
import { type Rule, rulesSchema } from '../../statistics/rules/rule.ts'
import type { ReadExamples } from '../scoring.ts'
import { plainColumns } from './plain-cells.ts'
import { RULES } from './rules-name.ts'
import { spreadEvenly } from './spread-evenly.ts'

/** Rows that rules are looked for in at most. */
const MOST_ROWS = 20_000

/** Rules of encoded rows, of which parts are read; nothing where there are none. */
export async function keptRules(
  schema: TableSchema,
  parts: readonly { readonly count: number; readonly read: ReadExamples }[],
): Promise<Feeds> {
  const decode = rowDecoder(schema)
  const rows: Cell[][] = []
  for (const { count, read } of parts) {
    if (count === 0) continue
    const { data } = await read(spreadEvenly(count, MOST_ROWS))
    for (const row of decode(Float32Array.from(data))) rows.push(row)
  }
  const names = tableLayout(schema).columns.map(({ name }) => name)
  const columns = plainColumns(schema, names).map((column, at) => ({
    ...column,
    values: rows.map((row) => column.read(row[at])),
  }))
  const rules = learnRules(columns)
  if (rules.length === 0) return {}
  const bytes = new TextEncoder().encode(JSON.stringify(rules))
  return { [RULES]: { data: Float32Array.from(bytes), shape: [bytes.length] } }
}

/** The rules that a model keeps; none of models of earlier versions. */
export function rulesIn(values: Feeds): Rule[] {
  const kept = values[RULES]
  if (!kept) return []
  const text = new TextDecoder().decode(Uint8Array.from(kept.data))
  return z.parse(rulesSchema, JSON.parse(text))
}
