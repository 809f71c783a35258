/** A job whose worker gives no sign for so long goes to another; the library's least is 10. */
export const LEASE_SECONDS = 12

/** Between two signs of a worker. */
export const BEAT_MS = 3000

/** Between two looks of who waits. */
export const LOOK_MS = 1000
