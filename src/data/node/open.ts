import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fail } from '../../base/errors.ts'
import { nearest } from '../../base/nearest.ts'
import type { Bearer, Part } from '../../base/parts.ts'
import type { Dataset } from '../dataset.ts'
import { isIdxFolder, openIdxFolder } from '../idx-folder.ts'
import { layoutBy, type OpenOptions, openBytes, openStored } from '../open-bytes.ts'
import { sources } from '../sources/index.ts'
import { encodedTable } from '../tables/dataset.ts'
import { broughtTo } from '../tables/infer-schema.ts'
import type { KindChoice } from '../tables/kind-choice.ts'
import type { Level } from '../tables/levels.ts'
import { databasePlace } from '../tables/node/databases/place.ts'
import { withoutPassword } from '../tables/node/databases/postgres-url.ts'
import { openTable } from '../tables/node/open-table.ts'
import { storedRows } from '../tables/node/stored-rows.ts'
import { isPattern, tableFiles } from '../tables/node/table-files.ts'
import type { TableReading } from '../tables/readers/reader.ts'
import type { TableSchema } from '../tables/schema.ts'
import { orderedTable } from '../tables/windows/ordered.ts'
import type { WindowsChoice } from '../tables/windows/windows.ts'
import { diskFolder, nodeHost, readBytes } from './disk.ts'
import { isCsvFile, isTableFile } from './file-kind.ts'
import { openImageFolder } from './images/image-folder.ts'
import { largeBytes } from './large-bytes.ts'
import { nearPath, pathFix } from './near-path.ts'
import { refuseFolder } from './refuse-folder.ts'

const looksLikePath = (text: string): boolean => /[\\/.]/.test(text)

async function notFound(nameOrPath: string): Promise<never> {
  const own = sources.map(({ name }) => name)
  const names = own.join(', ')
  if (looksLikePath(nameOrPath))
    return fail({
      code: 'data/missing',
      seen: `no file or folder "${nameOrPath}"`,
      wanted: `a .csv, .json, .xlsx, .parquet, .arrow, .npy, .npz or IDX file, a database, a folder of images, tables or IDX files, or one of ${names}`,
      fix: await pathFix(nameOrPath),
      usage: true,
    })
  const near = nearest(nameOrPath, own) ?? (await nearPath(nameOrPath))
  return fail({
    code: 'data/unknown',
    seen: `unknown data set "${nameOrPath}"`,
    wanted: `one of ${names}, or a file or folder`,
    fix: `${near === undefined ? 'check the spelling' : `write ${near}, or check the spelling`}; write ./name for a folder of that name`,
    usage: true,
  })
}

/** Bytes of data that are held in memory where nobody says: of what is larger, rows are read when they are needed. */
const MEMORY = 2 ** 30

/** The same for tables, which are read row by row twice, and beside whose rows a model and its training find room. */
const TABLE_MEMORY = 2 ** 28

/** How data are read; options that a format has no use for are ignored. */
export interface OpenDataOptions extends OpenOptions, TableReading {
  /** Folders of images: crop each to the square in its middle and scale that to `size` × `size` pixels. */
  readonly size?: number
  /** Folders of images: 1 for grey, 3 for color; default: color unless all images are grey. */
  readonly channels?: 1 | 3
  /**
   * Bytes of data to hold in memory; of larger `.npy` and IDX files, gzip or not, and of further images, rows are read when needed,
   * and more zeros and ones in an `.npz` are held as bits; larger tables are encoded into a file for the while.
   */
  readonly memory?: number
  /** Tables: what the columns are, or true to find out; without it a table is one of numbers alone. */
  readonly table?: TableSchema | boolean
  /** Tables: columns that a model is given instead of modelling them, and what they are where that is known. */
  readonly condition?: readonly string[]
  readonly given?: TableSchema
  /** Tables: how rows are ordered, where windows of them are to be the examples. */
  readonly windows?: WindowsChoice
  /** Tables: columns that are left out. */
  readonly exclude?: readonly string[]
  /** Tables: kinds of columns by name, where it is known better. */
  readonly kinds?: Readonly<Record<string, KindChoice>>
  /** Tables: values that stand for missing, by column; those of `*` in all of them. */
  readonly missing?: Readonly<Record<string, readonly Level[]>>
  /** Tables: kinds of columns of your own, made by `defineColumnKind`. */
  readonly parts?: readonly Part[]
}

/**
 * Opens a data set by built-in name, or from a file, a database, a folder of images, tables or IDX files, or tables by
 * a pattern such as `visits/*.csv`.
 *
 * Errors: `data/unknown`, `data/missing`, `data/mnist-missing`, `data/folder`, and those of
 * `openBytes`, `openStored`, `openIdxFolder` and `openImageFolder`.
 *
 * @example
 * ```ts
 * import { openData } from 'betavae'
 *
 * const digits = await openData('digits')
 * const { data, shape } = await digits.read([0, 1, 2])
 * console.log(digits.count, shape, data[0]) // shape [3, 1, 8, 8]
 * ```
 */
export async function openData(given: string, options: OpenDataOptions & Bearer = {}): Promise<Dataset> {
  const nameOrPath = withoutPassword(given)
  const source = sources.find(({ name }) => name === nameOrPath)
  if (source && options.query !== undefined) refuseQuery(nameOrPath)
  if (!source && (options.query !== undefined || (await databasePlace(nameOrPath))))
    return openAsTable(nameOrPath, options)
  const found = source ? undefined : await stat(nameOrPath).catch(() => undefined)
  if (!source && !found && isPattern(nameOrPath)) return openAsTable(nameOrPath, options)
  if (found?.isDirectory()) return openFolder(nameOrPath, options)
  if (source) return source.load(nodeHost)
  return found === undefined ? notFound(nameOrPath) : openFile(nameOrPath, options)
}

async function openFile(path: string, options: OpenDataOptions & Bearer): Promise<Dataset> {
  const { table = false, memory = MEMORY } = options
  if ((table !== false || !isCsvFile(path)) && (await isTableFile(path))) return openAsTable(path, options)
  const large = await largeBytes(path, memory, (opening) => layoutBy(path, opening))
  return (large && (await openStored(path, large))) ?? openBytes(path, await readBytes(path), options)
}

async function openAsTable(source: string, options: OpenDataOptions & Bearer): Promise<Dataset> {
  const { table, exclude, kinds, missing, label, query, separator, header, encoding, sheet, known, usual } =
    options
  const { condition, given, windows } = options
  const stream = await openTable(source, { query, separator, header, encoding, sheet, known, usual })
  return encodedTable(stream, storedRows(options.memory ?? TABLE_MEMORY), {
    label,
    condition,
    given,
    ...(windows && { ordering: orderedTable(windows) }),
    exclude,
    kinds,
    missing,
    ...broughtTo(options),
    ...(typeof table === 'object' ? { schema: table } : {}),
  })
}

const refuseQuery = (name: string): never =>
  fail({
    code: 'data/query',
    seen: `a query on the data set "${name}"`,
    wanted: 'a database, or files of tables, to run it on',
    fix: 'leave --query out',
    usage: true,
  })

async function openFolder(given: string, options: OpenDataOptions & Bearer): Promise<Dataset> {
  const path = resolve(given)
  const { memory = MEMORY } = options
  const folder = diskFolder(path, memory)
  if (isIdxFolder(await folder.list())) return openIdxFolder(folder, undefined, options)
  const images = await openImageFolder(path, { ...options, memory })
  if (images) return images
  return (await tableFiles(path)).length > 0 ? openAsTable(path, options) : refuseFolder(given)
}
