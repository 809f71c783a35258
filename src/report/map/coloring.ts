import { fail } from '../../base/errors.ts'
import type { Dataset } from '../../data/dataset.ts'
import { factorsOf } from '../../data/factors.ts'
import type { Coloring } from './latent-map.ts'

/**
 * What to color some rows by: the factor of a name, else the class, else the first factor that has several levels;
 * undefined where nothing is known of them. Error: `map/factor` (usage).
 */
export function coloringOf(
  dataset: Pick<Dataset, 'name' | 'factors' | 'labels' | 'classes'>,
  indices: ArrayLike<number>,
  name?: string,
): Coloring | undefined {
  const colorings = [
    ...(dataset.labels
      ? columnsOf({ name: dataset.name, labels: dataset.labels }, indices).map((coloring) =>
          dataset.classes ? { ...coloring, names: dataset.classes } : coloring,
        )
      : []),
    ...(dataset.factors ? columnsOf({ name: dataset.name, factors: dataset.factors }, indices) : []),
  ]
  const chosen = name === undefined ? colorings[0] : colorings.find((one) => one.name === name)
  if (chosen || name === undefined) return chosen
  return fail({
    code: 'map/factor',
    seen: `colors by "${name}", which is not known of the rows of "${dataset.name}"`,
    wanted:
      colorings.length > 0 ? colorings.map((one) => one.name).join(', ') : 'data with classes or factors',
    fix:
      colorings.length > 0
        ? 'name one of those'
        : 'name a column of class numbers with --label, or save an .npz with "factors" [N, K]',
    usage: true,
  })
}

/** A coloring for each factor of several levels. */
function columnsOf(
  dataset: Pick<Dataset, 'name' | 'factors' | 'labels'>,
  indices: ArrayLike<number>,
): Coloring[] {
  const { names, values } = factorsOf(dataset, indices)
  return names.map((name, factor) => ({
    name: dataset.factors ? name : 'class',
    values: values.filter((_, at) => at % names.length === factor),
  }))
}
