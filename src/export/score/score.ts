import { fail } from '../../base/errors.ts'
import { type TableLayout, tableLayout } from '../../data/tables/layout.ts'
import type { ColumnSchema } from '../../data/tables/schema.ts'
import type { Engine } from '../../engine/engine.ts'
import { IR_VERSION, lowerNodes, OPSET } from '../../graph/onnx/lower.ts'
import { modelMessage, type OnnxValue } from '../../graph/onnx/messages.ts'
import { bytesOfMessage } from '../../graph/onnx/protobuf.ts'
import { onnxTypes } from '../../graph/onnx/types.ts'
import { program } from '../../graph/program.ts'
import { typicalOf } from '../../infer/tables/alone.ts'
import { noiseOf } from '../../infer/tables/cells.ts'
import { ALONE_WEIGHT } from '../../infer/tables/detectors.ts'
import { entriesOf } from '../../infer/tables/entries.ts'
import { givenColumns } from '../../infer/tables/given-columns.ts'
import { SCORE_DRAWS } from '../../infer/tables/score-draws.ts'
import { refuseRows } from '../../infer/tables/windows/refuse-rows.ts'
import { traceAutoencoder } from '../../model/autoencoder.ts'
import { CONDITION } from '../../model/condition.ts'
import { noiseNeedOf } from '../../model/spec.ts'
import { newTrace } from '../../model/trace.ts'
import { modelParts, type Trained } from '../../recipe/trained.ts'
import { version } from '../version.ts'
import { aloneNats } from './alone.ts'
import { type CellType, cellTypeOf, encodedColumn } from './columns.ts'
import { detectedScore } from './detectors.ts'
import { type Emitter, emitter, graphOf, STRING } from './emitter.ts'
import { conditionRows } from './given.ts'

/** A column of a table, and what its cells are given as. */
interface ScoreInput {
  readonly name: string
  readonly column: string
  readonly cells: CellType
  /** Whether the model is given it, and says nothing of it. */
  readonly given?: true
}

/**
 * The scores of a model of a table as one ONNX file: cells in, one input for each column; out come `score` [batch], `elbo`
 * [batch] and `nats` [batch, columns], −log p of each cell.
 *
 * An input [batch] is called as its column. Numbers are float64 in the column's own unit, dates float64 milliseconds since
 * 1970 in UTC, and NaN where nothing is known; what has levels is text, empty where nothing is known. Columns that a
 * conditional model is given are inputs, too, and have no nats. Metadata: `inputs` and `columns` as JSON. Errors, usage:
 * `export/no-table`, `export/own-kind`, `table/windows`.
 */
export async function exportScore(engine: Engine, trained: Trained): Promise<Uint8Array> {
  const { table: schema, given: known, source, windows } = trained.recipe.data
  if (!schema) return refuseOther(source)
  if (windows) refuseRows('an ONNX file that scores rows')
  const { condition } = trained.recipe.model
  const layout = tableLayout(schema)
  const columns = layout.columns.map(
    ({ name }) => schema.columns.find((column) => column.name === name) as ColumnSchema,
  )
  const given = givenColumns(known, condition ?? []).map((own) => own.schema)
  const e = emitter()
  const rows = encodedRows(e, layout, columns)
  const cells = given.map((_, at) => cellsOf(e, columns.length + at))
  const beside = condition && conditionRows(e, given, condition, cells)
  const found = nats(e, layout, trained, { rows, condition: beside })
  const typical = await typicalOf(engine, modelParts(trained))
  const alone = aloneNats(e, layout, typical, found.rows)
  const negative = e.op('Add', [found.kl, found.reconstruction])
  const weighed = e.op('Add', [negative, e.op('Mul', [e.sum(alone, 1), ALONE_WEIGHT])])
  const detected = detectedScore(e, trained.values, layout, { ...found, alone, weighed })
  const flat = (value: string) => e.op('Reshape', [value, e.onnx.integers([-1])])
  named(e, e.cast(flat(detected ?? weighed), 'float32'), 'score')
  named(e, e.op('Neg', [flat(negative)]), 'elbo')
  named(e, found.cells, 'nats')
  return modelOf(e, { columns, given }, trained)
}

const refuseOther = (source: string): never =>
  fail({
    code: 'export/no-table',
    seen: `a model of "${source}", which is no table`,
    wanted: 'a model of a table',
    fix: 'use --to onnx, whose encoder and decoder take rows of numbers',
    usage: true,
  })

/** Where the cells of a column come in, until it is known which names are free. */
const placeholder = (column: number): string => `cells of column ${column}`

const cellsOf = (e: Emitter, column: number): string =>
  e.op('Reshape', [placeholder(column), e.onnx.integers([-1, 1])])

/** Gives a value the name of an output. */
function named(e: Emitter, value: string, name: string): void {
  e.op('Identity', [value], {})
  e.onnx.rename(name)
}

/** Rows [batch, width] as the encoder of tables makes them, float32. */
function encodedRows(e: Emitter, layout: TableLayout, columns: readonly ColumnSchema[]): string {
  const encoded = columns.map((column, at) => encodedColumn(e, column, cellsOf(e, at)))
  const order = layout.columns.map(({ mask }, at) => ({ mask, at })).sort((a, b) => a.mask - b.mask)
  const parts = [...order.map(({ at }) => encoded[at].slots), ...order.map(({ at }) => encoded[at].known)]
  return e.cast(e.op('Concat', parts, { axis: 1 }), 'float32')
}

/** Encoded rows, and what the model is given beside them. */
interface Seen {
  readonly rows: string
  readonly condition: string | undefined
}

/** What the model says of rows, averaged over draws of the code that all rows share. */
function nats(e: Emitter, layout: TableLayout, trained: Trained, { rows, condition }: Seen) {
  const { spec, example, values } = modelParts(trained)
  const draws = SCORE_DRAWS
  const need = noiseNeedOf(spec)
  const noise = noiseOf(need)
  const drawn = Float32Array.from(Array.from({ length: draws }, (_, draw) => [...noise(draw, 1)]).flat())
  const all = e.constant(drawn, [draws, 1, need.width], 'float32')
  const count = e.op('Shape', [rows], { start: 0, end: 1 })
  const shape = e.op('Concat', [e.onnx.integers([draws]), count, e.onnx.integers([need.width])], {
    axis: 0,
  })
  const tiled = (value: string, name: string) => {
    e.op('Tile', [value, e.onnx.integers([draws, 1])])
    e.onnx.rename(name)
  }
  tiled(rows, 'x')
  if (condition) tiled(condition, CONDITION)
  e.op('Reshape', [e.op('Expand', [all, shape]), e.onnx.integers([-1, need.width])])
  e.onnx.rename('noise')
  const { density, x, logRatio, kl } = traceAutoencoder(spec, example, 'batch', {}, newTrace())
  const traced = program('cells', {
    'draw.nats': density.negativeLogLikelihood(x),
    ...(logRatio && kl ? { 'draw.kl': kl } : {}),
  })
  for (const { name, dtype } of traced.inputs)
    if (values[name]) e.onnx.initializer(name, values[name].data, values[name].shape, dtype)
  lowerNodes(traced, e.onnx)
  const averaged = (name: string, width: number) => {
    const apart = e.op('Reshape', [e.cast(name, 'float64'), e.onnx.integers([draws, -1, width])])
    return e.op('ReduceMean', [apart, e.onnx.integers([0])], { keepdims: 0 })
  }
  const entries = entriesOf(layout)
  const cells = e.op('MatMul', [averaged('draw.nats', entries.count), byColumn(layout)(e)])
  const wide = e.cast(rows, 'float64')
  const none = e.op('Mul', [e.sum(wide, 1), 0])
  return {
    rows: wide,
    cells,
    kl: logRatio && kl ? averaged('draw.kl', 1) : none,
    reconstruction: e.sum(cells, 1),
  }
}

/** Adds up the entries of each column. */
const byColumn =
  (layout: TableLayout) =>
  (e: Emitter): string => {
    const entries = entriesOf(layout)
    const count = layout.columns.length
    const sums = new Float64Array(entries.count * count)
    for (const { column, from, to } of entries.columns)
      for (let entry = from; entry < to; entry++) sums[entry * count + column] = 1
    return e.constant(sums, [entries.count, count])
  }

interface ScoreColumns {
  readonly columns: readonly ColumnSchema[]
  readonly given: readonly ColumnSchema[]
}

function modelOf(e: Emitter, { columns, given }: ScoreColumns, { recipe }: Trained): Uint8Array {
  const { nodes, initializers } = e.onnx
  const taken = new Set([
    ...nodes.flatMap(({ output, outputs = [output] }) => outputs),
    ...initializers.map(({ name }) => name),
  ])
  const inputs = [...columns, ...given].map((column, at): ScoreInput => {
    let { name } = column
    while (taken.has(name)) name = `${name}_`
    taken.add(name)
    const own = { name, column: column.name, cells: cellTypeOf(column) }
    return at < columns.length ? own : { ...own, given: true }
  })
  const names = new Map(inputs.map(({ name }, at) => [placeholder(at), name]))
  const own = nodes.map((node) => ({ ...node, inputs: node.inputs.map((name) => names.get(name) ?? name) }))
  const value = ({ name, cells }: ScoreInput): OnnxValue => ({
    name,
    type: cells === 'text' ? STRING : onnxTypes.float64,
    shape: ['batch'],
  })
  const outputs: OnnxValue[] = [
    { name: 'score', type: onnxTypes.float32, shape: ['batch'] },
    { name: 'elbo', type: onnxTypes.float64, shape: ['batch'] },
    { name: 'nats', type: onnxTypes.float64, shape: ['batch', columns.length] },
  ]
  return bytesOfMessage(
    modelMessage({
      irVersion: IR_VERSION,
      opsets: { '': OPSET, 'ai.onnx.ml': 3 },
      producer: 'betavae',
      metadata: {
        betavae: version,
        inputs: JSON.stringify(inputs),
        columns: JSON.stringify(columns.map(({ name }) => name)),
        recipe: JSON.stringify(recipe),
      },
      graph: { ...graphOf(e, 'score', inputs.map(value), outputs), nodes: own },
    }),
  )
}
