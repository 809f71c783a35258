import type { RankedMember, Ranking } from './ranking.ts'

/** Numbers that are told of each member before all others. */
const FIRST = ['elbo', 'rate', 'distortion', 'activeUnits']

/** Names of settings, in the order in which they were asked for. */
export const settingsIn = ({ members }: Ranking): string[] => [
  ...new Set(members.flatMap(({ settings }) => Object.keys(settings))),
]

/** Names of numbers, what members are ordered by first. */
export function measuresIn({ members, shown }: Ranking): string[] {
  const all = new Set(members.flatMap(({ measures }) => Object.keys(measures ?? {})))
  return [...new Set([shown, ...FIRST, ...all])].filter((name) => all.has(name))
}

/** Names of numbers that people are shown. */
export const shownIn = (ranking: Ranking): string[] =>
  measuresIn(ranking).filter((name) => name === ranking.shown || FIRST.includes(name))

/** A ranking as records, with every number. */
export function rankingRecords(ranking: Ranking): {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
} {
  const [settings, measures] = [settingsIn(ranking), measuresIn(ranking)]
  const row = ({ name, settings: own, rung, step, steps, measures: found }: RankedMember, at: number) => [
    ...[at + 1, name, ...settings.map((key) => own[key] ?? null), rung + 1, step, steps],
    ...measures.map((key) => (found?.[key] === undefined ? null : Number(found[key].toPrecision(7)))),
  ]
  return {
    columns: ['place', 'member', ...settings, 'rung', 'step', 'steps', ...measures],
    rows: ranking.members.map(row),
  }
}
