import type { Source } from './source.ts'

/**
 * 737,280 binary images with the factors and the order of dSprites (Matthey et al. 2017), drawn when they are read.
 *
 * dSprites' own renderer was never released: shapes and pixels differ from its file, which is read when it is given.
 */
export const dsprites: Source = {
  name: 'dsprites',
  summary: 'dSprites-like: 737,280 drawings, 64×64, of known shape, scale, orientation and position',
  // Outlines and how they are turned are for those who ask for them.
  load: async () => (await import('./dsprites-images.ts')).dspritesImages(),
}
