/** Rules that a table's rows keep, found once when its model is trained, and kept beside the model's numbers. */
import * as z from 'zod/mini'
import { toFloat32 } from '../../base/arrays.ts'
import { cellReader } from '../../data/tables/encode.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Feeds } from '../../engine/engine.ts'
import type { RuleColumn } from '../../statistics/rules/columns.ts'
import { learnRules } from '../../statistics/rules/learn.ts'
import { type PlainCell, type Rule, rulesSchema } from '../../statistics/rules/rule.ts'
import type { ReadExamples } from '../scoring.ts'
import { type PlainColumn, plainColumns } from './plain-cells.ts'
import { RULES } from './rules-name.ts'
import { someAtATime, spreadEvenly } from './spread-evenly.ts'

/** Rows that rules are looked for in at most. */
const MOST_ROWS = 20_000

interface Part {
  readonly count: number
  readonly read: ReadExamples
}

/** Rules of encoded rows, of which parts are read; nothing where there are none. */
export async function keptRules(schema: TableSchema, parts: readonly Part[]): Promise<Feeds> {
  const rules = learnRules(await ruleColumns(schema, parts))
  if (rules.length === 0) return {}
  const bytes = new TextEncoder().encode(JSON.stringify(rules))
  return { [RULES]: { data: Float32Array.from(bytes), shape: [bytes.length] } }
}

/** The columns of some rows of each part, put together column by column: rows of cells would take many times as much. */
async function ruleColumns(schema: TableSchema, parts: readonly Part[]): Promise<RuleColumn[]> {
  const { width, columns: places } = tableLayout(schema)
  const count = parts.reduce((sum, own) => sum + Math.min(own.count, MOST_ROWS), 0)
  const columns = plainColumns(
    schema,
    places.map(({ name }) => name),
  ).map((column) => ({ ...column, ...ruleColumn(column, count) }))
  const cell = cellReader(schema)
  let at = 0
  for (const part of parts)
    for (const positions of someAtATime(spreadEvenly(part.count, MOST_ROWS))) {
      const rows = toFloat32((await part.read(positions)).x.data)
      for (const [place, { read, put }] of columns.entries())
        for (let row = 0; row < positions.length; row++) put(at + row, read(cell(rows, row * width, place)))
      at += positions.length
    }
  return columns.map(({ rules }) => rules)
}

/** A column of so many rows, and what puts a value into one. */
function ruleColumn({ name, kind, unit, vague }: PlainColumn, count: number) {
  if (kind === 'level') {
    const values = new Array<string | null>(count).fill(null)
    const put = (row: number, value: PlainCell) => {
      values[row] = value === null ? null : String(value)
    }
    return { rules: { name, kind, ...(vague !== undefined && { vague }), values }, put }
  }
  const values = new Float64Array(count)
  const put = (row: number, value: PlainCell) => {
    values[row] = typeof value === 'number' ? value : Number.NaN
  }
  return { rules: { name, kind, ...(unit !== undefined && { unit }), values }, put }
}

/** The rules that a model keeps; none of models of earlier versions. */
export function rulesIn(values: Feeds): Rule[] {
  const kept = values[RULES]
  if (!kept) return []
  const text = new TextDecoder().decode(Uint8Array.from(kept.data))
  return z.parse(rulesSchema, JSON.parse(text))
}
