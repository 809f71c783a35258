/** What files store as numbers but mean as texts: days, and decimal numbers to the last digit. */

const DAY = 86_400_000

/** A day, counted from 1970, in ISO 8601; null where a date cannot say it. */
export function dayText(day: number): string | null {
  const date = new Date(day * DAY)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10)
}

/** A whole number of the smallest part of a decimal number with `scale` decimals, as that number's text. */
export function decimalText(parts: bigint | number, scale: number): string {
  const text = String(parts)
  const sign = text.startsWith('-') ? '-' : ''
  const digits = text.slice(sign.length).padStart(Math.max(scale, 0) + 1, '0')
  if (scale <= 0) return `${sign}${digits}${'0'.repeat(-scale)}`
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** A whole number in bytes, the highest first, in two's complement. */
export function wholeOf(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = value * 256n + BigInt(byte)
  return BigInt.asIntN(8 * bytes.length, value)
}
