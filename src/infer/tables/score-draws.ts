/** Draws of the code that a score is averaged over. */
export const SCORE_DRAWS = 4
