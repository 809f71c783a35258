import { extname } from 'node:path'
import {
  type Animation,
  BetavaeError,
  cellLine,
  encodeApng,
  encodeGif,
  encodePng,
  type GridOptions,
  imageGrid,
  intensityRange,
  type NDArray,
  pairedGrid,
  rowDecoder,
  slotNames,
  type TableSchema,
  type Trained,
  tableLayout,
  writeCsv,
  writeNpy,
  writeWhole,
} from '../../../inside.node.ts'
import { type OptionSpec, text } from '../options.ts'

/** What a command has made, ready to be written as whatever its file is called. */
export interface Sheet {
  /** [n, ...], one line of a table each. */
  readonly rows: NDArray
  /** Names of a line's numbers. */
  readonly columns: readonly string[]
  /** Where the lines are encoded rows of a table: what its columns are. */
  readonly table?: TableSchema
  /** Numbers that go before each line of a table. */
  readonly lead?: { readonly columns: readonly string[]; readonly rows: readonly (readonly number[])[] }
  /** Images [n, channels, height, width] for a picture. */
  readonly grid?: Omit<GridOptions, 'range'> & {
    readonly dtype: 'uint8' | 'float32'
    readonly above?: NDArray
  }
  /** Pictures that move. */
  readonly animation?: () => Animation
}

/** A way to write what a command has made, by the ending of the file's name. */
export interface FileKind<Made = Sheet> {
  readonly extension: string
  encode(made: Made): Uint8Array | string
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
export function csvText({ rows, columns, lead, table }: Sheet): string {
  if (table) return tableText(table, rows, lead)
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

/** Encoded rows as the cells that they stand for. */
function tableText(table: TableSchema, { data }: NDArray, lead: Sheet['lead']): string {
  const names = tableLayout(table).columns.map(({ name }) => name)
  const lines = rowDecoder(table)(Float32Array.from(data)).map((row, at) => [
    ...(lead?.rows[at] ?? []),
    ...row,
  ])
  return [[...(lead?.columns ?? []), ...names], ...lines].map((line) => `${cellLine(line)}\n`).join('')
}

/** The columns of one example's numbers, and of a table what they are. */
export const exampleSheet = (trained: Trained): Pick<Sheet, 'columns' | 'table'> => ({
  columns: exampleColumns(trained),
  table: trained.recipe.data.table,
})

const apng: FileKind = { extension: '.apng', encode: ({ animation }) => encodeApng(moving(animation)) }
const gif: FileKind = { extension: '.gif', encode: ({ animation }) => encodeGif(moving(animation)) }

const moving = (animation: Sheet['animation']): Animation =>
  animation?.() ?? { frames: [], framesPerSecond: 1 }

export const animatedKinds: readonly FileKind[] = [gif, apng]
/** As those, and a .png that moves. */
export const animatedPngKinds: readonly FileKind[] = [{ ...apng, extension: '.png' }, ...animatedKinds]
export const pictureKinds: readonly FileKind[] = [png, npy, csv]
export const tableKinds: readonly FileKind[] = [npy, csv]

/** Whether a picture can be drawn of an example. */
export const isImage = ({ example: { shape } }: Trained): boolean =>
  shape.length === 3 && (shape[0] === 1 || shape[0] === 3)

/** Of these the kinds in which what a model makes can be written: of examples that are no images no picture is drawn. */
export const kindsFor = (trained: Trained, kinds: readonly FileKind[]): readonly FileKind[] =>
  isImage(trained) ? kinds : tableKinds

/** `--out FILE` for one of the kinds. */
export const outOption = (kinds: readonly Pick<FileKind, 'extension'>[]): OptionSpec<string> =>
  text('<file>', `where to write: ${kinds.map(({ extension }) => extension).join(', ')}`)

/** Decides how a file will be written, before any work is done for it. Errors: `cli/no-out`, `cli/out-kind`. */
export function openOut<Made = Sheet>(
  path: string | undefined,
  kinds: readonly FileKind<Made>[],
): (made: Made) => Promise<string> {
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
  return async (made) => {
    await writeWhole(path, kind.encode(made))
    return path
  }
}

/** Names of the numbers of one example. */
const exampleColumns = ({ data, example, recipe }: Trained): readonly string[] =>
  data.columns ??
  (recipe.data.table && slotNames(recipe.data.table)) ??
  Array.from({ length: example.shape.reduce((a, b) => a * b, 1) }, (_, i) => `x${i}`)
