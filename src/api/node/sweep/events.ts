import type { LoggedEvent } from '../../../runs/journal.ts'
import type { Frontier } from '../../../sweep/frontier.ts'
import type { Member } from '../../../sweep/plan.ts'
import type { MemberScore } from '../../../sweep/score.ts'
import type { WarningEvent } from '../../../train/events.ts'

/** What a member of a sweep says while it is worked on. @inline */
export type MemberEvent =
  /** Whether it is trained from its beginning, gone on with, or finished already. */
  | { readonly kind: 'member'; readonly member: string; readonly state: 'begun' | 'resumed' | 'kept' }
  | { readonly kind: 'training'; readonly member: string; readonly event: LoggedEvent }

/** What a sweep says while it runs, in order. */
export type SweepEvent =
  | {
      readonly kind: 'sweep'
      /** Folder of the sweep. */
      readonly path: string
      readonly split: string
      readonly members: readonly Member[]
    }
  /** Of the sweep as a whole. */
  | WarningEvent
  | MemberEvent
  | { readonly kind: 'judged'; readonly member: string; readonly score: MemberScore }
  /** Numbers ran away; the others go on. */
  | { readonly kind: 'failed'; readonly member: string; readonly code: string; readonly reason: string }
  | { readonly kind: 'end'; readonly reason: 'interrupted'; readonly path: string }
  | {
      readonly kind: 'end'
      readonly reason: 'finished'
      readonly path: string
      /** The page. */
      readonly report: string
      readonly frontier: Frontier
    }
