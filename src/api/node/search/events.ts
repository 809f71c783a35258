import type { Measures } from '../../../sweep/search/best.ts'
import type { Ranking } from '../../../sweep/search/ranking.ts'
import type { WarningEvent } from '../../../train/events.ts'
import type { MemberEvent } from '../sweep/events.ts'

/** What a search says while it runs, in order. */
export type SearchEvent =
  | {
      readonly kind: 'search'
      /** Folder of the search. */
      readonly path: string
      readonly split: string
      readonly members: readonly string[]
      readonly rungs: number
      /** The number that members are ordered by. */
      readonly shown: string
    }
  | WarningEvent
  | MemberEvent
  | {
      readonly kind: 'climbed'
      readonly member: string
      readonly rung: number
      readonly step: number
      readonly steps: number
      readonly measures: Measures
    }
  | { readonly kind: 'failed'; readonly member: string; readonly code: string; readonly reason: string }
  | { readonly kind: 'end'; readonly reason: 'interrupted'; readonly path: string }
  | {
      readonly kind: 'end'
      readonly reason: 'finished'
      readonly path: string
      /** The page. */
      readonly report: string
      readonly ranking: Ranking
    }
