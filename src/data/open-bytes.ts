import { fail } from '../base/errors.ts'
import { datasetFrom } from './assemble.ts'
import type { Dataset } from './dataset.ts'
import { dataNameOf, fileNameOf } from './file-name.ts'
import type { ArrayLayout } from './formats/array-layout.ts'
import { type CsvOptions, readCsv } from './formats/csv.ts'
import { gunzipped, isGzip } from './formats/gzip.ts'
import { idxLayout, isIdx, readIdx } from './formats/idx.ts'
import { isNpy, npyLayout, readNpy } from './formats/npy.ts'
import { isZip } from './formats/zip.ts'
import { inFile } from './in-file.ts'
import { datasetFromNpz, type NpzOptions } from './npz-dataset.ts'
import { OPENING, type StoredBytes } from './stored-bytes.ts'
import { datasetFromStored } from './stored-dataset.ts'

/** How a file is read; what its format has no use for is not looked at. @inline */
export interface OpenOptions extends CsvOptions, NpzOptions {}

/** One kind of file: how it is known, and how its bytes become a data set. */
interface FileFormat {
  readonly name: string
  readonly matches: (fileName: string, bytes: Uint8Array) => boolean
  readonly open: (bytes: Uint8Array, name: string, options: OpenOptions) => Dataset
  /** How the numbers lie, by the file's first bytes and its size, where rows can be read one by one. */
  readonly layout?: (opening: Uint8Array, size: number) => ArrayLayout
}

function openCsv(bytes: Uint8Array, name: string, options: OpenOptions): Dataset {
  const { rows, ...about } = readCsv(bytes, options)
  return datasetFrom(rows, { name, ...about })
}

const formats: readonly FileFormat[] = [
  {
    name: '.npy',
    matches: (file, bytes) => file.endsWith('.npy') || isNpy(bytes),
    open: (bytes, name) => datasetFrom(readNpy(bytes), { name }),
    layout: npyLayout,
  },
  { name: '.npz', matches: (file, bytes) => file.endsWith('.npz') || isZip(bytes), open: datasetFromNpz },
  { name: '.csv', matches: (file) => file.endsWith('.csv'), open: openCsv },
  {
    name: 'IDX',
    matches: (file, bytes) => /idx\d?(-ubyte)?$/.test(file) || isIdx(bytes),
    open: (bytes, name) => datasetFrom(readIdx(bytes), { name }),
    layout: idxLayout,
  },
]

function formatOf(path: string, opening: Uint8Array): FileFormat {
  const file = fileNameOf(path).toLowerCase().replace(/\.gz$/, '')
  return (
    formats.find(({ matches }) => matches(file, opening)) ??
    fail({
      code: 'data/format',
      seen: 'a file of no format known here',
      wanted: `one of ${formats.map(({ name }) => name).join(', ')}, gzip or not`,
      fix: 'save the data in one of these formats',
      usage: true,
    })
  )
}

/**
 * A data set from a file's bytes; the format by the file's name, else by its first bytes; gzip is undone first.
 *
 * Errors: `data/format` for anything else, and those of the formats and of `datasetFrom`.
 */
export function openBytes(path: string, bytes: Uint8Array, options: OpenOptions = {}): Dataset {
  return inFile(fileNameOf(path), () => {
    const plain = gunzipped(bytes)
    return formatOf(path, plain).open(plain, dataNameOf(path), options)
  })
}

/** A data set whose rows stay in the file; undefined where a file of this format has to be read whole. */
export function openStored(path: string, bytes: StoredBytes): Promise<Dataset | undefined> {
  return inFile(fileNameOf(path), async () => {
    const opening = await bytes.opening(OPENING)
    const layout = isGzip(opening) ? undefined : formatOf(path, opening).layout?.(opening, bytes.size)
    return layout && datasetFromStored(bytes, layout, { name: dataNameOf(path) })
  })
}
