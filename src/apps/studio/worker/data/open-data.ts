import { type Dataset, openArrayBytes, type TableStream } from '../../../../inside.ts'
import type { ColumnCard, DataCard, DataSource } from '../../protocol.ts'
import { studioError } from '../failure.ts'
import type { Host } from '../host.ts'
import { bundled } from './bundled.ts'
import { cardOf } from './card.ts'

/** Data that are open, and what they are. */
export interface OpenData {
  readonly dataset: Dataset
  readonly card: DataCard
  /** The table that the rows were read from. */
  readonly stream?: TableStream
}

type Files = Extract<DataSource, { kind: 'files' }>

const isImage = ({ name, type }: File): boolean =>
  type.startsWith('image/') || /\.(png|jpe?g|webp|gif|bmp|avif)$/i.test(name)
const isArrays = ({ name }: File): boolean => /(\.npz|\.npy|idx\d?(-ubyte)?)(\.gz)?$/i.test(name)
/** Files that systems leave in folders. */
const isHidden = ({ name }: File): boolean => name.startsWith('.') || name === 'Thumbs.db'

/** Opens what a person chose or dropped. Errors: `studio/files`, `studio/data`, and those of the formats. */
export async function openData(source: DataSource, host: Host): Promise<OpenData> {
  if (source.kind === 'bundled') {
    const found = bundled.find(({ name }) => name === source.name)
    if (!found)
      throw studioError({
        code: 'studio/data',
        seen: `data set "${source.name}"`,
        wanted: bundled.map(({ name }) => name).join(', '),
        fix: 'choose one of those, or drop files of your own',
      })
    const dataset = await found.load(host)
    return { dataset, card: await cardOf(dataset, false, []) }
  }
  const files = source.files
    .map((file, i) => ({ file, path: source.paths?.[i] ?? file.name }))
    .filter(({ file }) => !isHidden(file))
  const images = files.filter(({ file }) => isImage(file))
  if (files.length === 1 && images.length === 0) return openFile(files[0].file, source)
  if (images.length === 0)
    throw studioError({
      code: 'studio/files',
      seen: files.length === 0 ? 'no file' : `${files.length} files, none of them an image`,
      wanted: 'one table (.csv, .jsonl, .parquet, .arrow), one .npz or .npy, or a folder of images',
      fix: 'drop one file, or images alone',
    })
  const { openImages } = await import('./images.ts')
  const { dataset, notes } = await openImages(images, host, source.size)
  const others = files.length - images.length
  return described(dataset, [...(others > 0 ? [`${others} other files were left out`] : []), ...notes])
}

async function openFile(file: File, { label, kinds, given }: Files): Promise<OpenData> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const options = label === undefined ? {} : { label }
  if (isArrays(file)) return described(openArrayBytes(file.name, bytes, options))
  const [{ openTableBytes, tableDataset }, { cardsOf }] = await Promise.all([
    import('../../../../inside.tables.ts'),
    import('./columns.ts'),
  ])
  const stream = openTableBytes(file.name, bytes)
  const known = given?.length ? { condition: given } : {}
  const dataset = await tableDataset(stream, { ...options, ...(kinds && { kinds }), ...known })
  const columns = [...dataset.table.columns, ...(dataset.given?.columns ?? [])]
  return { ...(await described(dataset, [], await cardsOf({ columns }, stream))), stream }
}

const described = async (
  dataset: Dataset,
  notes: readonly string[] = [],
  columns?: readonly ColumnCard[],
): Promise<OpenData> => ({ dataset, card: await cardOf(dataset, true, notes, columns) })
