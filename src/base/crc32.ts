/** Remainders of every byte at four distances, so that a loop turn takes four bytes. */
const tables = Array.from({ length: 4 }, () => new Int32Array(256))
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0)
  tables[0][byte] = remainder
}
for (let byte = 0; byte < 256; byte++)
  for (let distance = 1; distance < 4; distance++) {
    const nearer = tables[distance - 1][byte]
    tables[distance][byte] = (nearer >>> 8) ^ tables[0][nearer & 0xff]
  }
const [t0, t1, t2, t3] = tables

/** CRC-32 (the one of gzip, zip and PNG) as an unsigned number; pass an earlier result to go on from it. */
export function crc32(bytes: Uint8Array, earlier = 0): number {
  let crc = ~earlier
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
    crc = t3[crc & 0xff] ^ t2[(crc >>> 8) & 0xff] ^ t1[(crc >>> 16) & 0xff] ^ t0[crc >>> 24]
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[at]) & 0xff]
  return ~crc >>> 0
}

/** The checksum as eight hexadecimal digits. */
export const hexCrc32 = (bytes: Uint8Array): string => formatCrc32(crc32(bytes))

export const formatCrc32 = (crc: number): string => crc.toString(16).padStart(8, '0')
