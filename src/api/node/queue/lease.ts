/** A job whose worker gives no sign for so long goes to another; the library's least is 10. */
export const LEASE_SECONDS = 12

/** Between two signs of a worker. */
export const BEAT_MS = 3000

/** Between two looks of who waits. */
export const LOOK_MS = 1000

/** After so many errors a job is set aside with the last one. */
export const FAILURES = 3

/** As it is after so many deaths of its workers in a row without a new checkpoint between them. */
export const DEATHS = 5
