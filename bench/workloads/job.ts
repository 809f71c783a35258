import type { RecipeDraft } from '../../src/inside.ts'
import type { Network } from '../networks/layer.ts'
import type { Column } from '../networks/table.ts'

/** A training as a contestant is told it; starting parameters and batches follow from it. */
export interface Job {
  readonly network: Network
  /** The same network by the name that this package has for it. */
  readonly architecture: NonNullable<NonNullable<RecipeDraft['model']>['architecture']>
  /** What a row of a table is; examples are pictures where there are none. */
  readonly columns?: readonly Column[]
  readonly batch: number
  /** Adam's learning rate; its other settings are 0.9, 0.999 and 1e-8. */
  readonly rate: number
  readonly threads: number
}

/** With files of the same for those who cannot make them: float32 by layer weight and bias, [batches, batch, …example], uint8 for pictures and float32 for rows of a table. */
export interface FiledJob extends Job {
  readonly parameters: string
  readonly batches: string
}
