import { coloringOf, factorsOf, latentMap, type NDArray, spreadRows } from '../../../../inside.ts'
import type { LatentPlane, MapRequest } from '../../protocol.ts'
import { coloredColumns, columnColors } from './column-colors.ts'
import type { Explorer } from './explorer.ts'

/** Points where nobody says how many. */
export const USUAL_POINTS = 2000

/** Where the encoder puts examples. */
export async function planeOf(explorer: Explorer, request: MapRequest): Promise<LatentPlane> {
  const { by = 'pca', color, count = USUAL_POINTS } = request
  const { mean, examples } = await explorer.coded(count)
  const [, latent] = mean.shape
  const { points, axes } = await latentMap(mean, { by })
  const colored = await coloredBy(explorer, examples, color)
  return {
    points: Float32Array.from(points.data),
    axes,
    examples: examples.slice(),
    ...colored,
    colorings: coloringsOf(explorer),
    codes: Float32Array.from(mean.data),
    ...(latent === 2 || by === 'pca' ? { back: backFrom(mean, points.data) } : {}),
  }
}

/** Colors of examples by what is asked for, else by the class or a factor, else by the first column. */
async function coloredBy(
  explorer: Explorer,
  examples: Uint32Array,
  color: string | undefined,
): Promise<Pick<LatentPlane, 'colors' | 'coloring' | 'colorNames'>> {
  const { table: schema } = explorer.explored.trained.recipe.data
  const columns = schema ? coloredColumns(schema) : []
  const isColumn = color !== undefined && columns.includes(color)
  const coloring = isColumn ? undefined : coloringOf(explorer.dataset, examples, color)
  if (coloring)
    return {
      colors: Float32Array.from(coloring.values),
      coloring: coloring.name,
      ...(coloring.names && { colorNames: { ...coloring.names } }),
    }
  const name = isColumn ? color : columns[0]
  if (schema === undefined || name === undefined) return {}
  const { x } = await explorer.rows(examples)
  const { colors, names } = columnColors(schema, Float32Array.from(x.data), name)
  return { colors, coloring: name, colorNames: names }
}

/** What points can be colored by. */
function coloringsOf({ dataset, explored }: Explorer): string[] {
  const [first] = spreadRows(dataset.count, 1)
  const factors = dataset.factors ? factorsOf(dataset, [first]).names : []
  const { table } = explored.trained.recipe.data
  return [...(dataset.labels ? ['class'] : []), ...factors, ...(table ? coloredColumns(table) : [])]
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
