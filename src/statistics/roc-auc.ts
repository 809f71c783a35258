/**
 * Area under the ROC curve: how often a positive scores above a negative, equal scores counting half (midranks).
 *
 * NaN where one of the two sides is empty.
 */
export function rocAuc(scores: ArrayLike<number>, isPositive: (row: number) => boolean): number {
  const sides = { positive: new Float64Array(scores.length), negative: new Float64Array(scores.length) }
  let positives = 0
  let negatives = 0
  for (let row = 0; row < scores.length; row++)
    if (isPositive(row)) sides.positive[positives++] = scores[row]
    else sides.negative[negatives++] = scores[row]
  const above = sides.positive.subarray(0, positives).sort()
  const below = sides.negative.subarray(0, negatives).sort()
  let lower = 0
  let notHigher = 0
  let wins = 0
  for (const score of above) {
    while (lower < negatives && below[lower] < score) lower++
    while (notHigher < negatives && below[notHigher] <= score) notHigher++
    wins += (lower + notHigher) / 2
  }
  return wins / (positives * negatives)
}
