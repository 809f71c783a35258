import { fail } from '../../base/errors.ts'

/** Fails where a score is not a number; infinite ones are in order. Error: `anomaly/score`. */
export function checkScores(scores: ArrayLike<number>): void {
  for (let row = 0; row < scores.length; row++)
    if (Number.isNaN(scores[row]))
      fail({
        code: 'anomaly/score',
        seen: `score ${row} of ${scores.length} is not a number`,
        wanted: 'scores that can be put in order',
        fix: 'look at that row for missing or infinite numbers',
      })
}

/** Row numbers from the greatest score to the smallest; rows of one score in their order. */
export const descending = (scores: ArrayLike<number>): Uint32Array =>
  Uint32Array.from({ length: scores.length }, (_, row) => row).sort((a, b) =>
    // A difference of two infinities is no number.
    scores[a] === scores[b] ? a - b : scores[a] < scores[b] ? 1 : -1,
  )

/** The `count` rows that score highest, from the highest down; ties go to the earlier row. */
export const topRows = (scores: ArrayLike<number>, count: number): Uint32Array => {
  checkScores(scores)
  return descending(scores).subarray(0, count)
}
