/** What examples look like on their way to the page, and what went wrong. */
import type { Cell } from '../../../inside.ts'

/** What went wrong, as the library says it: what was seen, what was wanted, and what to do. */
export interface Failure {
  /** Greppable, such as `data/format`; `studio/…` where the studio itself says it. */
  readonly code: string
  readonly seen: string
  readonly wanted: string
  readonly fix: string
}

/** Images as canvases take them: `rgba` holds `count` pictures one after another, each `height` rows of `width`. */
export interface Pictures {
  readonly kind: 'images'
  readonly count: number
  readonly width: number
  readonly height: number
  /** [count, height, width, 4], 0 to 255. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>
}

/** Examples that are no images: rows of a table, or of numbers. */
export interface Cells {
  readonly kind: 'cells'
  readonly count: number
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Examples as people look at them. */
export type Shown = Pictures | Cells
