/** A text in quotes, or a whole number of so many digits that a double may not hold it. */
const TEXT_OR_LONG = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs
const LONG = /\d{16}/
/** A text in quotes, or a number that JSON does not have; Python and others write them. */
const TEXT_OR_NO_NUMBER = /"(?:[^"\\]|\\.)*"|(?<![\w.])[+-]?(?:NaN|Infinity)(?!\w)/gs
const NO_NUMBER = /NaN|Infinity/

/** What a JSON text says. */
export interface ParsedJson {
  readonly value: unknown
  /** How many numbers in it are none in JSON (NaN, Infinity); null stands for them. */
  readonly noNumbers: number
  /** The text with these as null. */
  readonly text: string
}

/**
 * What a JSON text says, whole numbers that a double does not hold as texts: as numbers they would become others, and keys
 * of so many digits one another. Throws what `JSON.parse` throws.
 */
export function parseJsonCells(text: string): ParsedJson {
  try {
    return { value: exactly(text), noNumbers: 0, text }
  } catch (error) {
    if (!NO_NUMBER.test(text)) throw error
    let noNumbers = 0
    const mended = text.replace(TEXT_OR_NO_NUMBER, (found) => {
      if (found.startsWith('"')) return found
      noNumbers++
      return 'null'
    })
    return { value: exactly(mended), noNumbers, text: mended }
  }
}

const exactly = (text: string): unknown =>
  JSON.parse(LONG.test(text) ? text.replace(TEXT_OR_LONG, quotedWhereLong) : text)

const quotedWhereLong = (found: string): string =>
  found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`
