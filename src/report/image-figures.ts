import type { NDArray } from '../base/arrays.ts'
import type { Figures } from './figures.ts'
import { type GridOptions, imageGrid, pairedGrid, type Range, type Raster } from './grid.ts'
import { html, type Markup } from './html.ts'
import { MANIFOLD_SIDE } from './map/manifold.ts'
import type { Medium, Pictures } from './pictures.ts'
import { pngDataUri } from './png.ts'

/** Pixels of an image's longer side: as it is embedded, so that a dense screen stays sharp, and at most as shown. */
const CELL = {
  pairs: { least: 84, most: 88 },
  grid: { least: 84, most: 58 },
  row: { least: 84, most: 58 },
} as const

const MANIFOLD_CELL = 26

const optionsOf = (range: Range, cell: keyof typeof CELL, columns: number): GridOptions => ({
  range,
  columns,
  leastCell: CELL[cell].least,
  gap: 6,
  background: 'transparent',
})

/** Images beside each other. */
export const imageRow = (rows: NDArray, range: Range, alt: string): Markup =>
  picture(imageGrid(rows, optionsOf(range, 'row', rows.shape[0])), alt, rows.shape[0], CELL.row.most)

/** Pictures of images, as embedded PNG. */
export function imageFigures(
  { originals, reconstructions, samples, interpolations }: Pictures,
  { range }: Extract<Medium, { kind: 'image' }>,
  split: string,
): Figures {
  const options = (cell: keyof typeof CELL, columns: number) => optionsOf(range, cell, columns)
  const row = (rows: NDArray, alt: string) => imageRow(rows, range, alt)
  const pairs = originals.shape[0]
  return {
    reconstructions: picture(
      pairedGrid(originals, reconstructions, options('pairs', pairs)),
      `${pairs} images above their reconstructions`,
      pairs,
      CELL.pairs.most,
    ),
    samples: picture(
      imageGrid(samples, options('grid', 8)),
      `${samples.shape[0]} images drawn from the model`,
      8,
      CELL.grid.most,
    ),
    interpolations: html`${interpolations.map((rows) => row(rows, 'a path from one image to another'))}`,
    traversal: ({ dimension, rows }) => row(rows, `images as dimension ${dimension} moves`),
    words: {
      reconstructions: `Above, images of the ${split} split; below, what the model makes of their codes.`,
      samples: 'one image for each code drawn',
      interpolations:
        'Codes on a straight line between those of two images; the ends are their reconstructions.',
      traversals: 'Each row moves one dimension',
    },
  }
}

const picture = (raster: Raster, alt: string, columns: number, most: number): Markup =>
  html`<img class="picture" alt="${alt}" width="${raster.width}" height="${raster.height}" style="max-width:${columns * most}px" src="${pngDataUri(raster)}">`

/** What a code of two dimensions decodes to, as a figure. */
export const manifoldFigure = (images: NDArray, range: Range): Markup =>
  html`<figure><figcaption>What the plane decodes to</figcaption>${picture(
    imageGrid(images, { range, columns: MANIFOLD_SIDE, gap: 0, background: 'transparent' }),
    `images decoded on a grid of ${MANIFOLD_SIDE} by ${MANIFOLD_SIDE} codes`,
    MANIFOLD_SIDE,
    MANIFOLD_CELL,
  )}<p class="note">z0 to the right, z1 upward, in steps of equal probability.</p></figure>`
