import type { RecipeDraft } from '../../src/inside.ts'
import type { Network } from '../networks/layer.ts'

/** A training as a contestant is told it; starting parameters and batches follow from it. */
export interface Job {
  readonly network: Network
  /** The same network by the name that this package has for it. */
  readonly architecture: NonNullable<NonNullable<RecipeDraft['model']>['architecture']>
  readonly batch: number
  /** Adam's learning rate; its other settings are 0.9, 0.999 and 1e-8. */
  readonly rate: number
  readonly threads: number
}

/** With files of the same for those who cannot make them: float32 by layer weight and bias, uint8 [batches, batch, pixels]. */
export interface FiledJob extends Job {
  readonly parameters: string
  readonly batches: string
}
