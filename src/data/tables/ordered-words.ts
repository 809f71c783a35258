import { type Level, levelKey } from './levels.ts'

/** Words that people put in an order, least first; synonyms share a place. */
const SCALES: readonly string[] = [
  'lowest<very low<low<lower<medium|mid|middle|moderate|normal<higher<high<very high<highest|critical',
  'tiny|very small<small<medium<large|big<very large|huge',
  'xxs<xs<s<m<l<xl<xxl<xxxl',
  'never<almost never|rarely|seldom<occasionally<sometimes<often|frequently<usually<almost always<always',
  'terrible|awful<very bad<bad<poor<below average<fair|average|ok|okay<good<very good<great<excellent',
  'fair<good<very good<premium<ideal',
  'strongly disagree<disagree<somewhat disagree<neutral|undecided|neither|neither agree nor disagree<somewhat agree<agree<strongly agree',
  'very dissatisfied<dissatisfied<neutral|neither|neither satisfied nor dissatisfied<satisfied<very satisfied',
  'very unlikely<unlikely<possible<likely<very likely<certain',
  'mild<moderate<severe<critical',
  'minor<moderate<major<critical',
  'trace|debug<info<notice<warning|warn<error<critical<fatal',
  'beginner|novice<intermediate<advanced<expert',
  'junior<mid<senior',
  'bronze<silver<gold<platinum',
  'cold<cool<warm<hot',
  'slow<medium<fast',
  'young<middle-aged<old',
]

const ranksOf = (scale: string): ReadonlyMap<string, number> =>
  new Map(scale.split('<').flatMap((place, rank) => place.split('|').map((word) => [word, rank] as const)))

const scales = SCALES.map(ranksOf)

/** Three or more levels in their order, where they are words of one scale with a place each. */
export function inOrder(levels: readonly Level[]): readonly Level[] | undefined {
  if (levels.length < 3) return undefined
  const words = levels.map((level) => levelKey(level).toLowerCase().replaceAll('_', ' '))
  for (const scale of scales) {
    const ranks = words.map((word) => scale.get(word))
    if (ranks.includes(undefined) || new Set(ranks).size < ranks.length) continue
    return levels
      .map((_, at) => at)
      .sort((a, b) => ranks[a]! - ranks[b]!)
      .map((at) => levels[at])
  }
  return undefined
}
