import { fail } from '../base/errors.ts'
import { datasetFrom } from './assemble.ts'
import type { Dataset } from './dataset.ts'
import { dataNameOf, fileNameOf } from './file-name.ts'
import { type ArrayLayout, heldBytes } from './formats/array-layout.ts'
import { gunzipped, gunzippedOpening, gunzippedSize, isGzip } from './formats/gzip.ts'
import { idxLayout, isIdx, readIdx } from './formats/idx.ts'
import { isNpy, npyLayout, readNpy } from './formats/npy.ts'
import { checkUnpacked } from './formats/unpacked-size.ts'
import { isZip } from './formats/zip.ts'
import { inFile } from './in-file.ts'
import { datasetFromNpz, type NpzOptions } from './npz-dataset.ts'
import { OPENING } from './stored-bytes.ts'

/** One kind of file: how it is known, and how its bytes become a data set. */
export interface FileFormat<Options> {
  readonly name: string
  readonly matches: (fileName: string, bytes: Uint8Array) => boolean
  readonly open: (bytes: Uint8Array, name: string, options: Options) => Dataset
  /** How the numbers lie, by the file's first bytes and its size where that is known, if rows can be read one by one. */
  readonly layout?: (opening: Uint8Array, size?: number) => ArrayLayout
}

export const arrayFormats: readonly FileFormat<NpzOptions>[] = [
  {
    name: '.npy',
    matches: (file, bytes) => file.endsWith('.npy') || isNpy(bytes),
    open: (bytes, name) => datasetFrom(readNpy(bytes), { name }),
    layout: npyLayout,
  },
  { name: '.npz', matches: (file, bytes) => file.endsWith('.npz') || isZip(bytes), open: datasetFromNpz },
  {
    name: 'IDX',
    matches: (file, bytes) => /idx\d?(-ubyte)?$/.test(file) || isIdx(bytes),
    open: (bytes, name) => datasetFrom(readIdx(bytes), { name }),
    layout: idxLayout,
  },
]

/** The format of a file, by its name, else by its first bytes. Error: `data/format`. */
export function formatIn<Options>(
  formats: readonly FileFormat<Options>[],
  path: string,
  opening: Uint8Array,
): FileFormat<Options> {
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
 * A data set from a file's bytes in one of these formats; gzip is undone first.
 *
 * Errors: `data/format`, `data/too-large`, and those of the formats.
 */
export function openIn<Options extends NpzOptions>(
  formats: readonly FileFormat<Options>[],
  path: string,
  bytes: Uint8Array,
  options: Options,
): Dataset {
  return inFile(fileNameOf(path), () => {
    if (isGzip(bytes)) checkInside(formats, path, bytes, options.memory)
    const plain = gunzipped(bytes, options.memory)
    return formatIn(formats, path, plain).open(plain, dataNameOf(path), options)
  })
}

/** Compares what a gzip file says of its size with what the file inside says, before it is unpacked. */
function checkInside<Options>(
  formats: readonly FileFormat<Options>[],
  path: string,
  bytes: Uint8Array,
  memory: number | undefined,
): void {
  const size = gunzippedSize(bytes)
  const opening = gunzippedOpening(bytes, OPENING)
  const layout = formatIn(formats, path, opening).layout?.(opening, size)
  if (layout) checkUnpacked(heldBytes(layout), bytes.length, memory)
}

/** The same of formats that hold arrays: who has tables read otherwise does not load the reader of CSV. */
export const openArrayBytes = (path: string, bytes: Uint8Array, options: NpzOptions = {}): Dataset =>
  openIn(arrayFormats, path, bytes, options)
