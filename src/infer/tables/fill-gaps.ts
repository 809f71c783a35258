import { fillNormal, fillUniform, streamOf } from '../../base/random.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import { openImputers, rowFiller } from '../../statistics/imputation/fit-imputers.ts'
import type { GapTable } from '../../statistics/imputation/gap-table.ts'
import { jointGaussian } from '../../statistics/imputation/index.ts'
import { residualDrawer } from '../../statistics/imputation/residual-draws.ts'
import type { ModelParts } from '../model-parts.ts'
import type { Cells } from './cells.ts'
import { gapFills } from './gap-fills.ts'
import { gapRows } from './gap-rows.ts'
import type { KeptGaps } from './kept-gaps.ts'
import { besideTargets } from './model-targets.ts'

export interface FillRequest {
  /** Number of the first row in its table. */
  readonly first: number
  /** Draws of the code, where the model has a say. */
  readonly draws?: number
  /** Completions of each row to draw. */
  readonly samples: number
  readonly signal?: AbortSignal
}

interface Filling {
  readonly cells: Cells
  readonly parts: ModelParts
  readonly schema: TableSchema
  readonly layout: TableLayout
}

const drawing = streamOf('impute-draws')

/** Fills gaps of encoded rows [n × width] as was chosen for each column; what is said of a row depends on the row alone. */
export function openGaps({ cells, parts, schema, layout }: Filling, kept: KeptGaps) {
  const gaps = gapRows(schema, layout, kept.moments)
  const opened = openImputers(kept.learned, gaps.shape)
  const each = rowFiller(opened, gaps.shape)
  const asksModel = kept.beside.some((share) => share > 0)
  const residuals = residualDrawer(kept.learned[jointGaussian.name], kept.knots, gaps.shape)
  const targetsOf = async (rows: Float32Array, table: GapTable, { draws, signal }: FillRequest) => {
    const beside = asksModel
      ? await besideTargets({ cells, parts, gaps, layout, draws, signal }, rows)
      : undefined
    return weighed(
      table,
      (row, visit) => each(table, row, (own, place) => visit(own, kept.weights[opened[place].name])),
      {
        beside,
        shares: kept.beside,
      },
    )
  }
  /** Levels are drawn one column after another, each given those before; then numbers, together. */
  const drawn = async (rows: Float32Array, sample: number, request: FillRequest) => {
    let current = rows
    for (;;) {
      const table = gaps.table(current)
      const targets = await targetsOf(current, table, request)
      const left = drawLevels(table, targets, sample, request.first)
      if (left === 0) {
        drawNumbers(table, targets, { residuals, sample, first: request.first })
        return gaps.fill(current, targets)
      }
      current = withLevels(current, gaps.fill(current, targets), layout, table)
    }
  }
  return {
    fills: gapFills(layout, kept),
    async fill(rows: Float32Array, request: FillRequest) {
      const mean = gaps.fill(rows, await targetsOf(rows, gaps.table(rows), request))
      const samples: Float32Array[] = []
      for (let sample = 0; sample < request.samples; sample++)
        samples.push(await drawn(rows, sample, request))
      return { mean, samples }
    },
  }
}

type VisitEach = (
  row: number,
  visit: (targets: Float64Array, weights: Float32Array | undefined) => void,
) => void

/** Targets of all rows, gaps as the weights say. */
function weighed(
  table: GapTable,
  each: VisitEach,
  { beside, shares }: { readonly beside?: Float64Array; readonly shares: Float32Array },
): Float64Array {
  const { count, width, columns, known } = table
  const targets = table.targets.slice()
  for (let row = 0; row < count; row++) {
    const missing = columns.flatMap((column, place) =>
      known[row * columns.length + place] === 1 ? [] : [{ ...column, place }],
    )
    if (missing.length === 0) continue
    each(row, (own, weights) => {
      if (!weights) return
      for (const { at, slots, place } of missing)
        for (let slot = at; slot < at + slots; slot++)
          targets[row * width + slot] += weights[place] * own[slot]
    })
    if (!beside) continue
    for (const { at, slots, place } of missing)
      for (let slot = row * width + at; slot < row * width + at + slots; slot++)
        targets[slot] += shares[place] * (beside[slot] - targets[slot])
  }
  return targets
}

/** In each row that lacks levels, draws the first missing ones, in place; gives how many rows there were. */
function drawLevels(
  { count, width, columns, known }: GapTable,
  targets: Float64Array,
  sample: number,
  first: number,
): number {
  const chances = new Float32Array(columns.length)
  let rows = 0
  for (let row = 0; row < count; row++) {
    const place = columns.findIndex(
      ({ kind }, at) => kind === 'chances' && known[row * columns.length + at] === 0,
    )
    if (place < 0) continue
    rows++
    fillUniform(chances, { seed: sample, stream: drawing, step: 2 * (first + row) })
    const { at, slots } = columns[place]
    chooseLevel(targets.subarray(row * width + at, row * width + at + slots), chances[place])
  }
  return rows
}

/** Puts a level where its chances stand; of two levels the second with its chance. */
function chooseLevel(chances: Float64Array, uniform: number): void {
  if (chances.length === 1) {
    chances[0] = uniform < chances[0] ? 1 : 0
    return
  }
  let left = uniform
  let chosen = chances.length - 1
  for (let level = 0; level < chances.length; level++) {
    left -= chances[level]
    if (left < 0) {
      chosen = level
      break
    }
  }
  chances.fill(0)
  chances[chosen] = 1
}

/** The rows with the levels that were drawn, the first missing ones of each. */
function withLevels(
  rows: Float32Array,
  filled: Float32Array,
  { width, columns: places }: TableLayout,
  table: GapTable,
): Float32Array {
  const out = rows.slice()
  for (let row = 0; row < table.count; row++) {
    const place = table.columns.findIndex(
      ({ kind }, at) => kind === 'chances' && table.known[row * places.length + at] === 0,
    )
    if (place < 0) continue
    const { slots, mask } = places[place]
    for (const slot of [...slots, mask]) out[row * width + slot] = filled[row * width + slot]
  }
  return out
}

interface DrawingNumbers {
  readonly residuals: ReturnType<typeof residualDrawer>
  readonly sample: number
  readonly first: number
}

function drawNumbers(
  table: GapTable,
  targets: Float64Array,
  { residuals, sample, first }: DrawingNumbers,
): void {
  const { count, width } = table
  const normal = new Float32Array(width)
  for (let row = 0; row < count; row++) {
    fillNormal(normal, { seed: sample, stream: drawing, step: 2 * (first + row) + 1 })
    residuals(table, row, normal, targets.subarray(row * width, (row + 1) * width))
  }
}
