import { fillUniform, streamOf } from '../../base/random.ts'
import type { Cell } from '../../data/tables/cell.ts'
import { decoder } from '../../data/tables/encode.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Model } from '../model.ts'
import type { ModelParts } from '../programs.ts'
import { cellSampler } from './draw-cells.ts'

const drawing = streamOf('synthesize')
const gaps = streamOf('synthesize-missing')

export interface SynthesizeOptions {
  /** Where codes come from: prior, gmm or aggregate; default: gmm, which lies closest to the codes of real rows. */
  readonly from?: string
  readonly seed?: number
  readonly signal?: AbortSignal
}

/** New rows of a table: codes of a sampler, then a draw of each cell, then gaps as often as the real table has them. */
export async function synthesizeRows(
  model: Pick<Model, 'sample'>,
  { spec, values }: ModelParts,
  schema: TableSchema,
  count: number,
  { from = 'gmm', seed = 0, signal }: SynthesizeOptions = {},
): Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }> {
  const layout = tableLayout(schema)
  const centers = await model.sample(count, { from, seed, signal })
  const drawn = cellSampler(
    layout,
    spec,
    values,
  )(Float32Array.from(centers.data), { seed, stream: drawing, first: 0 })
  const share = layout.columns.map(
    ({ name }) => schema.columns.find((column) => column.name === name)?.missing ?? 0,
  )
  const isGap = new Float32Array(layout.columns.length)
  for (let row = 0; row < count; row++) {
    fillUniform(isGap, { seed, stream: gaps, step: row })
    layout.columns.forEach(({ mask }, column) => {
      drawn[row * layout.width + mask] = isGap[column] < share[column] ? 0 : 1
    })
  }
  return { columns: layout.columns.map(({ name }) => name), rows: decoder(schema, { clip: true })(drawn) }
}
