/** The code that a page shows: parts change it, and hear of it at most once a frame. */
export interface CodeState {
  readonly latent: number
  /** Position of each dimension, in steps from its center. */
  readonly positions: readonly number[]
  codeAt(dimension: number): number
  code(): number[]
  move(changes: ReadonlyMap<number, number>): void
  moveTo(code: ArrayLike<number>): void
  reset(): void
  onChange(listener: () => void): void
}

export function openState(center: readonly number[], step: readonly number[]): CodeState {
  const listeners: (() => void)[] = []
  const positions = center.map(() => 0)
  let waiting = false
  const tell = () => {
    waiting = false
    for (const listener of listeners) listener()
  }
  const changed = () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(tell)
  }
  const codeAt = (dimension: number) => center[dimension] + positions[dimension] * step[dimension]
  return {
    latent: center.length,
    positions,
    codeAt,
    code: () => center.map((_, dimension) => codeAt(dimension)),
    move(changes) {
      for (const [dimension, position] of changes) positions[dimension] = position
      changed()
    },
    moveTo(code) {
      // A dimension without spread stays where it is: no position leads anywhere else.
      for (const [d, width] of step.entries()) positions[d] = width > 0 ? (code[d] - center[d]) / width : 0
      changed()
    },
    reset() {
      positions.fill(0)
      changed()
    },
    onChange: (listener) => listeners.push(listener),
  }
}
