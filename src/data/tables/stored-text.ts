/** Decimal numbers to the last digit. */

/** A whole number of the smallest part of a decimal number with `scale` decimals, as that number's text. */
export function decimalText(parts: bigint, scale: number): string {
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
