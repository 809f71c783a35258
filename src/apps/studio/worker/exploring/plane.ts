import { coloringOf, factorsOf, latentMap, type NDArray, spreadRows } from '../../../../inside.ts'
import type { LatentPlane, MapRequest } from '../../protocol.ts'
import type { Explorer } from './explorer.ts'

/** Points where nobody says how many. */
export const USUAL_POINTS = 2000

/** Where the encoder puts examples. */
export async function planeOf(explorer: Explorer, request: MapRequest): Promise<LatentPlane> {
  const { by = 'pca', color, count = USUAL_POINTS } = request
  const { mean, examples } = await explorer.coded(count)
  const [, latent] = mean.shape
  const { points, axes } = await latentMap(mean, { by })
  const coloring = coloringOf(explorer.dataset, examples, color)
  return {
    points: Float32Array.from(points.data),
    axes,
    examples: examples.slice(),
    ...(coloring ? { colors: Float32Array.from(coloring.values), coloring: coloring.name } : {}),
    colorings: coloringsOf(explorer),
    codes: Float32Array.from(mean.data),
    ...(latent === 2 || by === 'pca' ? { back: backFrom(mean, points.data) } : {}),
  }
}

/** What points can be colored by. */
function coloringsOf({ dataset }: Explorer): string[] {
  const [first] = spreadRows(dataset.count, 1)
  const factors = dataset.factors ? factorsOf(dataset, [first]).names : []
  return [...(dataset.labels ? ['class'] : []), ...factors]
}

/**
 * The codes of a plane that is a linear image of them and whose two coordinates do not vary together, as those of PCA:
 * origin and directions are regressions of codes on coordinates. A plane of two-dimensional codes is the code itself.
 */
function backFrom({ data, shape: [count, latent] }: NDArray, points: ArrayLike<number>) {
  if (latent === 2)
    return { origin: new Float32Array(2), across: Float32Array.of(1, 0), up: Float32Array.of(0, 1) }
  const origin = new Float32Array(latent)
  for (let at = 0; at < count * latent; at++) origin[at % latent] += data[at] / count
  const direction = (axis: number) => {
    const sum = new Float64Array(latent)
    let length = 0
    for (let row = 0; row < count; row++) {
      const place = points[2 * row + axis]
      length += place * place
      for (let d = 0; d < latent; d++) sum[d] += place * (data[row * latent + d] - origin[d])
    }
    return Float32Array.from(sum, (value) => (length > 0 ? value / length : 0))
  }
  return { origin, across: direction(0), up: direction(1) }
}
