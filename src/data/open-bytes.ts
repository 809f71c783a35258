import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { datasetFrom } from './assemble.ts'
import type { Dataset } from './dataset.ts'
import { dataNameOf, fileNameOf } from './file-name.ts'
import type { ArrayLayout } from './formats/array-layout.ts'
import { type CsvOptions, readCsv } from './formats/csv.ts'
import { gunzipped, isGzip } from './formats/gzip.ts'
import { idxLayout, isIdx, readIdx } from './formats/idx.ts'
import { isNpy, npyLayout, readNpy } from './formats/npy.ts'
import { isZip, readNpz } from './formats/npz.ts'
import { inFile } from './in-file.ts'
import { labelsOf } from './labels.ts'
import { OPENING, type StoredBytes } from './stored-bytes.ts'
import { datasetFromStored } from './stored-dataset.ts'

/** How a file is read; what its format has no use for is not looked at. */
export interface OpenOptions extends CsvOptions {
  /** `.npz`: the array of examples; without it `data`, `x`, `images`, `imgs`, else the first of two axes or more. */
  readonly array?: string
}

/** One kind of file: how it is known, and how its bytes become a data set. */
interface FileFormat {
  readonly name: string
  readonly matches: (fileName: string, bytes: Uint8Array) => boolean
  readonly open: (bytes: Uint8Array, name: string, options: OpenOptions) => Dataset
  /** How the numbers lie, by the file's first bytes and its size, where rows can be read one by one. */
  readonly layout?: (opening: Uint8Array, size: number) => ArrayLayout
}

const DATA_KEYS = ['data', 'x', 'images', 'imgs']
const LABEL_KEYS = ['labels', 'y', 'label', 'target']

function keyed(arrays: Readonly<Record<string, NDArray>>, key: string, purpose: string): NDArray {
  return (
    arrays[key] ??
    fail({
      code: 'npz/key',
      seen: `no array "${key}" for ${purpose}`,
      wanted: `one of ${Object.keys(arrays).join(', ')}`,
      fix: 'name an array that the file holds',
      usage: true,
    })
  )
}

const lowercaseKey = (
  arrays: Readonly<Record<string, NDArray>>,
  wanted: readonly string[],
): string | undefined =>
  wanted
    .map((name) => Object.keys(arrays).find((key) => key.toLowerCase() === name))
    .find((key) => key !== undefined)

function openNpz(bytes: Uint8Array, name: string, { array, label, classes }: OpenOptions): Dataset {
  const arrays = readNpz(bytes)
  const key =
    array ??
    lowercaseKey(arrays, DATA_KEYS) ??
    Object.keys(arrays).find((key) => arrays[key].shape.length >= 2)
  if (key === undefined)
    return fail({
      code: 'npz/no-examples',
      seen: `the arrays ${Object.keys(arrays).join(', ') || '(none)'} in "${name}"`,
      wanted: 'one with two axes or more',
      fix: 'save the examples as "data"',
    })
  const labelKey = label ?? lowercaseKey(arrays, LABEL_KEYS)
  const labels =
    labelKey === undefined ? undefined : labelsOf(keyed(arrays, labelKey, 'labels').data, { classes })
  return datasetFrom(keyed(arrays, key, 'examples'), { name, labels })
}

function openCsv(bytes: Uint8Array, name: string, options: OpenOptions): Dataset {
  const { rows, columns, labels } = readCsv(bytes, options)
  return datasetFrom(rows, { name, columns, labels })
}

const formats: readonly FileFormat[] = [
  {
    name: '.npy',
    matches: (file, bytes) => file.endsWith('.npy') || isNpy(bytes),
    open: (bytes, name) => datasetFrom(readNpy(bytes), { name }),
    layout: npyLayout,
  },
  { name: '.npz', matches: (file, bytes) => file.endsWith('.npz') || isZip(bytes), open: openNpz },
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
