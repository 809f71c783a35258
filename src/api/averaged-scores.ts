import type { Scored } from '../infer/model.ts'

/** Scores averaged over draws, so that equal rows come to about equal nats. */
export async function averagedScores(
  draws: number,
  score: (draw: number) => Promise<Scored>,
): Promise<Scored> {
  const mean = await score(0)
  for (let draw = 1; draw < draws; draw++) {
    const next = await score(draw)
    for (const part of ['reconstruction', 'kl', 'elbo'] as const)
      mean[part]?.forEach((nats, row, all) => {
        all[row] = nats + ((next[part] as Float64Array)[row] - nats) / (draw + 1)
      })
  }
  return mean
}

/** Draws of a score of plain numbers or images, where nobody says. */
export const SCORED_DRAWS = 16
