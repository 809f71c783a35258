import type { FileMetaData } from 'hyparquet'
import { wholeOf } from '../stored-text.ts'
import { decimalForm, type StoredForm } from './stored-forms.ts'

/** Stored forms of decimal numbers that can be read as whole numbers. */
const STORED = ['INT32', 'INT64', 'FIXED_LEN_BYTE_ARRAY']

/**
 * Takes the mark of a decimal number from each column that has it, so that its values are read as the whole numbers that
 * are stored, and says how each becomes a text with all of its digits: doubles would lose some.
 */
export function takeDecimals({ schema }: FileMetaData): ReadonlyMap<string, StoredForm> {
  const texts = new Map<string, StoredForm>()
  for (const element of schema) {
    if (element.converted_type !== 'DECIMAL' || !STORED.includes(element.type ?? '')) continue
    const { name, scale = 0 } = element
    delete element.converted_type
    delete element.logical_type
    const written = decimalForm(scale)
    texts.set(name, (value) => written(value instanceof Uint8Array ? wholeOf(value) : value))
  }
  return texts
}
