/** What a model of a table is trained for: to find strange rows, to fill gaps, or to make new rows. */
export const purposes = ['anomalies', 'gaps', 'rows'] as const
/** @inline */
export type Purpose = (typeof purposes)[number]
