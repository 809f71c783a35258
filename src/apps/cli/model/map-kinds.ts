import {
  encodePng,
  imageGrid,
  type LatentMap,
  MANIFOLD_SIDE,
  type MapPage,
  mapPage,
  mapRaster,
  mapSvg,
  writeCsv,
} from '../../../inside.node.ts'
import type { FileKind } from './sheet.ts'

const svg: FileKind<MapPage> = { extension: '.svg', encode: ({ map, title }) => mapSvg(map, title) }
const png: FileKind<MapPage> = {
  extension: '.png',
  encode: ({ map, title }) => encodePng(mapRaster(map, title)),
}
const html: FileKind<MapPage> = { extension: '.html', encode: mapPage }
const csv: FileKind<MapPage> = { extension: '.csv', encode: ({ map, rows }) => tableOf(map, rows) }

/** What a code of two dimensions decodes to, without the map. */
const plane: FileKind<MapPage> = {
  extension: '.png',
  encode({ manifold }) {
    const { images, range } = manifold as NonNullable<MapPage['manifold']>
    return encodePng(imageGrid(images, { range, columns: MANIFOLD_SIDE, gap: 0 }))
  },
}

export const mapKinds = [svg, png, html, csv]
export const manifoldKinds = [html, plane]

/** A line for each point: its row number, where it is, and what it is colored by. */
function tableOf({ points, axes, coloring }: LatentMap, rows: ArrayLike<number>): string {
  const columns = ['row', ...axes.map((axis) => axis.split(' ·')[0]), ...(coloring ? [coloring.name] : [])]
  const data = new Float64Array(rows.length * columns.length)
  for (let i = 0; i < rows.length; i++) {
    const line = [rows[i], points.data[2 * i], points.data[2 * i + 1]]
    data.set(coloring ? [...line, coloring.values[i]] : line, i * columns.length)
  }
  return writeCsv(columns, { data, shape: [rows.length, columns.length] })
}
