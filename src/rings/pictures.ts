/**
 * `betavae/pictures`: grids, animations, maps and the explorer, as bytes and text.
 *
 * @module betavae/pictures
 */
export type { Animation } from '../report/animation/animation.ts'
export { encodeApng } from '../report/animation/apng.ts'
export { encodeGif } from '../report/animation/gif.ts'
export { type Panel, panelFrames } from '../report/animation/panels.ts'
export { explorerPage } from '../report/explorer/page.ts'
export { imageGrid, pairedGrid, type Raster } from '../report/grid.ts'
export { type Coloring, type LatentMap, latentMap } from '../report/map/latent-map.ts'
export { type MapPage, mapPage } from '../report/map/page.ts'
export { mapSvg } from '../report/map/svg.ts'
export { encodePng } from '../report/png.ts'
export { defineProjection, type Projection } from '../report/projections/projection.ts'
