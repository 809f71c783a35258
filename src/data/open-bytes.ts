import { datasetFrom } from './assemble.ts'
import type { Dataset } from './dataset.ts'
import { dataNameOf, fileNameOf } from './file-name.ts'
import type { ArrayLayout } from './formats/array-layout.ts'
import { type CsvOptions, readCsv } from './formats/csv.ts'
import { inFile } from './in-file.ts'
import type { NpzOptions } from './npz-dataset.ts'
import { arrayFormats, type FileFormat, formatIn, openIn } from './open-array-bytes.ts'
import { OPENING, type StoredBytes } from './stored-bytes.ts'
import { datasetFromStored } from './stored-dataset.ts'

/** How a file is read; what its format has no use for is not looked at. @inline */
export interface OpenOptions extends CsvOptions, NpzOptions {}

function openCsv(bytes: Uint8Array, name: string, options: OpenOptions): Dataset {
  const { rows, ...about } = readCsv(bytes, options)
  return datasetFrom(rows, { name, ...about })
}

const formats: readonly FileFormat<OpenOptions>[] = [
  ...arrayFormats,
  { name: '.csv', matches: (file) => file.endsWith('.csv'), open: openCsv },
]

/**
 * A data set from a file's bytes; the format by the file's name, else by its first bytes; gzip is undone first.
 *
 * Errors: `data/format` for anything else, and those of the formats and of `datasetFrom`.
 *
 * @example
 * ```ts
 * import { openBytes } from 'betavae'
 *
 * const csv = new TextEncoder().encode('a,b\n1,2\n3,4\n')
 * console.log(openBytes('numbers.csv', csv).count)
 * ```
 */
export const openBytes = (path: string, bytes: Uint8Array, options: OpenOptions = {}): Dataset =>
  openIn(formats, path, bytes, options)

/** How the numbers of a file lie by its first bytes; undefined where its format has to be read whole. */
export const layoutBy = (path: string, opening: Uint8Array): ArrayLayout | undefined =>
  inFile(fileNameOf(path), () => formatIn(formats, path, opening).layout?.(opening))

/** A data set whose rows stay in the file; undefined where a file of this format has to be read whole. */
export function openStored(path: string, bytes: StoredBytes): Promise<Dataset | undefined> {
  return inFile(fileNameOf(path), async () => {
    const opening = await bytes.opening(OPENING)
    const layout = formatIn(formats, path, opening).layout?.(opening, bytes.size)
    return layout && datasetFromStored(bytes, layout, { name: dataNameOf(path) })
  })
}
