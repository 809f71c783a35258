/** Every way to lay codes out in a plane. To add one: its file, and one line here. */
import { pca } from './pca.ts'
import type { Projection } from './projection.ts'
import { umap } from './umap.ts'

const house = [pca, umap] as const

/** One of the house's own, with its name and options in its type. */
export type HouseProjection = (typeof house)[number]

export const allProjections: readonly Projection[] = house
