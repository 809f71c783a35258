import type { ReproductionRecord } from '../../../reproduce/record.ts'
import type { Weighed } from '../../../reproduce/weigh.ts'
import type { TrainEvent } from '../../../train/events.ts'

/** What came of a reproduction. @inline */
export interface ReproductionResult extends ReproductionRecord {
  readonly results: readonly Weighed[]
  /** `hit` where every number is within its tolerance. */
  readonly verdict: 'hit' | 'miss'
}

/** What a reproduction says while it runs, in order. */
export type ReproduceEvent =
  | {
      readonly kind: 'reproduction'
      readonly id: string
      readonly schedule: 'short' | 'full'
      /** Its folder. */
      readonly path: string
      readonly members: readonly string[]
    }
  /** Whether it is trained from its beginning, gone on with, or finished already. */
  | { readonly kind: 'member'; readonly member: string; readonly state: 'begun' | 'resumed' | 'kept' }
  | { readonly kind: 'training'; readonly member: string; readonly event: TrainEvent }
  | { readonly kind: 'judging'; readonly member: string }
  | { readonly kind: 'judged'; readonly member: string; readonly numbers: Readonly<Record<string, number>> }
  | { readonly kind: 'end'; readonly reason: 'interrupted'; readonly path: string }
  | {
      readonly kind: 'end'
      readonly reason: 'finished'
      readonly path: string
      readonly result: ReproductionResult
    }
