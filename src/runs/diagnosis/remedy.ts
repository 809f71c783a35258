/** Between the ways of a remedy. */
const OR = '; or '

/** Ways to mend a finding, in words and the best first, as one text. */
export const remedyOf = (ways: readonly string[]): string => ways.join(OR)

/** The ways of a remedy, the best first. */
export const waysIn = (remedy: string): readonly string[] => remedy.split(OR)
