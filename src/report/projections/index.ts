/** Every way to lay codes out in a plane. To add one: its file, and one line here. */
import { pca } from './pca.ts'
import type { Projection } from './projection.ts'
import { umap } from './umap.ts'

export const allProjections: readonly Projection[] = [pca, umap]
