import type { FileMetaData } from 'hyparquet'
import { decimalText, wholeOf } from '../stored-text.ts'

/** Stored forms of decimal numbers that can be read as whole numbers. */
const STORED = ['INT32', 'INT64', 'FIXED_LEN_BYTE_ARRAY']

/** Turns a stored value into the text that it means. */
export type TextOf = (value: unknown) => unknown

/**
 * Takes the mark of a decimal number from each column that has it, so that its values are read as the whole numbers that
 * are stored, and says how each becomes a text with all of its digits: doubles would lose some.
 */
export function takeDecimals({ schema }: FileMetaData): ReadonlyMap<string, TextOf> {
  const texts = new Map<string, TextOf>()
  for (const element of schema) {
    if (element.converted_type !== 'DECIMAL' || !STORED.includes(element.type ?? '')) continue
    const { name, scale = 0 } = element
    delete element.converted_type
    delete element.logical_type
    texts.set(name, (value) => {
      if (value instanceof Uint8Array) return decimalText(wholeOf(value), scale)
      return typeof value === 'bigint' || typeof value === 'number' ? decimalText(value, scale) : value
    })
  }
  return texts
}
