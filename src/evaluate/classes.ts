import type { Rows } from '../data/examples.ts'
import { type ExampleScores, metricsOf, type SplitMetrics } from '../infer/scoring.ts'

/** What examples of one class come to, in nats per example. @inline */
export interface ClassEvaluation extends Pick<SplitMetrics, 'loss' | 'reconstruction' | 'kl' | 'elbo'> {
  readonly label: number
  /** What the class is called, where that is not its number. */
  readonly name?: string
  /** Examples. */
  readonly count: number
}

/** Scores by class, in order of class number; undefined where the data have no labels. */
export function classesOf(
  scores: ExampleScores,
  { dataset: { labels, classes }, indices }: Rows,
  weights: Readonly<Record<string, number>>,
): ClassEvaluation[] | undefined {
  if (!labels) return undefined
  const members = new Map<number, number[]>()
  indices.forEach((row, position) => {
    const own = members.get(labels[row])
    if (own) own.push(position)
    else members.set(labels[row], [position])
  })
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([label, positions]) => {
      const { loss, reconstruction, kl, elbo } = metricsOf(scoresAt(scores, positions), weights)
      const name = classes?.[label]
      return {
        label,
        ...(name === undefined ? {} : { name }),
        count: positions.length,
        loss,
        reconstruction,
        kl,
        elbo,
      }
    })
}

/** Scores of some examples; a term that is about no single example stays as it is. */
function scoresAt(scores: ExampleScores, positions: readonly number[]): ExampleScores {
  const { reconstruction, kl, terms } = scores
  const pick = (values: Float64Array) =>
    values.length === reconstruction.length
      ? Float64Array.from(positions, (position) => values[position])
      : values
  return {
    reconstruction: pick(reconstruction),
    ...(kl ? { kl: pick(kl) } : {}),
    means: scores.means,
    terms: Object.fromEntries(Object.entries(terms).map(([key, values]) => [key, pick(values)])),
  }
}
