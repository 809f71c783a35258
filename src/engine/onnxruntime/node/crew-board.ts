/** What the threads of a crew read and write while they work together. */
export interface Board {
  /** Words by the places below. */
  readonly words: Int32Array<SharedArrayBuffer>
  /** For each helping thread the number of arguments and the arguments of its part. */
  readonly parts: Float64Array<SharedArrayBuffer>
}

/** How often work was given out; helpers wait for it to change. */
export const TURN = 0
/** Helpers that are not done yet. */
export const BUSY = 1
/** 1 once the crew is dissolved. */
export const OVER = 2
/** Helpers that have started. */
export const READY = 3

/** Room for the arguments of one part: offsets, count and numbers. */
export const PART = 32

export const boardFor = (helpers: number): Board => ({
  words: new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT)),
  parts: new Float64Array(new SharedArrayBuffer(helpers * PART * Float64Array.BYTES_PER_ELEMENT)),
})
