import type { TrainEvent } from '../../../inside.node.ts'

/** Shows a training while it runs. */
export interface Viewer {
  show(event: TrainEvent): void
  /** Leaves the terminal clean. */
  close(): void
}
