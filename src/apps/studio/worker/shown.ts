import { intensityRange, type NDArray, rowDecoder, type TableSchema, tableLayout } from '../../../inside.ts'
import type { Cells, DataCard, Pictures, Shown } from '../protocol.ts'

/** What rows of a data set, or of a model, are to be shown as. */
export interface Medium {
  readonly kind: DataCard['kind']
  readonly exampleShape: readonly number[]
  /** Values that become black and white. */
  readonly range: readonly [low: number, high: number]
  readonly columns?: readonly string[]
  readonly schema?: TableSchema
}

/** What is known of the rows. */
interface About {
  readonly exampleShape: readonly number[]
  readonly dtype: 'uint8' | 'float32'
  readonly columns?: readonly string[]
  readonly table?: TableSchema
}

/** How examples are shown, by what they are and by the numbers in some of them. */
export function mediumOf({ exampleShape, dtype, columns, table }: About, some: NDArray): Medium {
  const [channels] = exampleShape
  const isImages = exampleShape.length === 3 && (channels === 1 || channels === 3)
  return {
    kind: isImages ? 'images' : table ? 'table' : 'numbers',
    exampleShape,
    range: intensityRange(dtype, some.data),
    ...(columns ? { columns } : {}),
    ...(table ? { schema: table } : {}),
  }
}

/** Rows [n, ...exampleShape] as people look at them. */
export const shownRows = (medium: Medium, rows: NDArray): Shown =>
  medium.kind === 'images' ? picturesOf(medium, rows) : cellsOf(medium, rows)

function picturesOf({ exampleShape, range: [low, high] }: Medium, { data, shape }: NDArray): Pictures {
  const [count] = shape
  const [channels, height, width] = exampleShape
  const area = height * width
  const rgba = new Uint8ClampedArray(count * area * 4).fill(255)
  const scale = 255 / (high - low || 1)
  for (let image = 0; image < count; image++)
    for (let pixel = 0; pixel < area; pixel++)
      for (let channel = 0; channel < 3; channel++) {
        const plane = channels === 1 ? 0 : channel
        const value = data[(image * channels + plane) * area + pixel]
        rgba[(image * area + pixel) * 4 + channel] = (value - low) * scale
      }
  return { kind: 'images', count, width, height, rgba }
}

function cellsOf({ schema, columns }: Medium, { data, shape }: NDArray): Cells {
  const [count] = shape
  const width = data.length / count
  if (schema)
    return {
      kind: 'cells',
      count,
      columns: tableLayout(schema).columns.map(({ name }) => name),
      rows: rowDecoder(schema, { clip: true })(Float32Array.from(data)),
    }
  return {
    kind: 'cells',
    count,
    columns: columns ?? Array.from({ length: width }, (_, i) => `x${i}`),
    rows: Array.from({ length: count }, (_, row) =>
      Array.from(data.subarray(row * width, (row + 1) * width)),
    ),
  }
}
