import { crc32 } from './crc32.ts'

/** The independent uses of randomness; each has a counter space of its own. Numbers from 2^31 up are for names. */
export const streams = {
  initialization: 1,
  split: 2,
  shuffle: 3,
  posterior: 4,
  binarization: 5,
  prior: 6,
  evaluation: 7,
  fixedBinarization: 8,
  testBinarization: 9,
  codes: 10,
  sampler: 11,
} as const

const NAMED_STREAMS = 0x80000000

/** The stream of a name, for uses of randomness that are not known beforehand, such as those of a term. */
export const streamOf = (name: string): number =>
  (NAMED_STREAMS | crc32(new TextEncoder().encode(name))) >>> 0
