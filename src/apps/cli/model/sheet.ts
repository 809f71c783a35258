import { extname } from 'node:path'
import {
  BetavaeError,
  encodePng,
  type GridOptions,
  imageGrid,
  intensityRange,
  type NDArray,
  pairedGrid,
  type Trained,
  writeCsv,
  writeNpy,
  writeWhole,
} from '../../../node.ts'
import { type OptionSpec, text } from '../options.ts'

/** What a command has made, ready to be written as whatever its file is called. */
export interface Sheet {
  /** [n, ...], one line of a table each. */
  readonly rows: NDArray
  /** Names of a line's numbers. */
  readonly columns: readonly string[]
  /** Numbers that go before each line of a table. */
  readonly lead?: { readonly columns: readonly string[]; readonly rows: readonly (readonly number[])[] }
  /** Images [n, channels, height, width] for a picture. */
  readonly grid?: Omit<GridOptions, 'range'> & {
    readonly dtype: 'uint8' | 'float32'
    readonly above?: NDArray
  }
}

interface FileKind {
  readonly extension: string
  encode(sheet: Sheet): Uint8Array | string
}

const png: FileKind = {
  extension: '.png',
  encode({ rows, grid }) {
    const { above, dtype, ...layout } = grid ?? { dtype: 'float32' }
    const options = { ...layout, range: intensityRange(dtype, above?.data ?? rows.data) }
    return encodePng(above ? pairedGrid(above, rows, options) : imageGrid(rows, options))
  },
}
const npy: FileKind = { extension: '.npy', encode: ({ rows }) => writeNpy(rows) }
const csv: FileKind = { extension: '.csv', encode: (sheet) => csvText(sheet) }

/** The sheet as CSV text. */
export function csvText({ rows, columns, lead }: Sheet): string {
  const count = rows.shape[0]
  const flat = { data: rows.data, shape: [count, rows.data.length / count] }
  if (!lead) return writeCsv(columns, flat)
  const width = lead.columns.length + columns.length
  const data = new Float32Array(count * width)
  for (let i = 0; i < count; i++) {
    data.set(lead.rows[i], i * width)
    data.set(
      rows.data.subarray(i * columns.length, (i + 1) * columns.length),
      i * width + lead.columns.length,
    )
  }
  return writeCsv([...lead.columns, ...columns], { data, shape: [count, width] })
}

export const pictureKinds: readonly FileKind[] = [png, npy, csv]
export const tableKinds: readonly FileKind[] = [npy, csv]

/** `--out FILE` for one of the kinds. */
export const outOption = (kinds: readonly FileKind[]): OptionSpec<string> =>
  text('<file>', `where to write: ${kinds.map(({ extension }) => extension).join(', ')}`)

/** Decides how a file will be written, before any work is done for it. Errors: `cli/no-out`, `cli/out-kind`. */
export function openOut(
  path: string | undefined,
  kinds: readonly FileKind[],
): (sheet: Sheet) => Promise<string> {
  const names = kinds.map(({ extension }) => extension)
  if (path === undefined)
    throw new BetavaeError({
      code: 'cli/no-out',
      seen: 'no --out',
      wanted: `--out with a file that ends in ${names.join(', ')}`,
      fix: `add for example --out out${names[0]}`,
      usage: true,
    })
  const kind = kinds.find(({ extension }) => extension === extname(path).toLowerCase())
  if (!kind)
    throw new BetavaeError({
      code: 'cli/out-kind',
      seen: `--out ${path}`,
      wanted: `a file that ends in ${names.join(', ')}`,
      fix: `write for example --out out${names[0]}`,
      usage: true,
    })
  return async (sheet) => {
    await writeWhole(path, kind.encode(sheet))
    return path
  }
}

/** Names of the numbers of one example. */
export const exampleColumns = ({ data, example }: Trained): readonly string[] =>
  data.columns ?? Array.from({ length: example.shape.reduce((a, b) => a * b, 1) }, (_, i) => `x${i}`)
