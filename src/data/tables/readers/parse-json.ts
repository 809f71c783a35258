/**
 * A text in quotes, or a whole number of so many digits that a double may not hold it. A text that never ends goes to the
 * end, so that no other quote in it is tried as the beginning of one: that took the square of its length.
 */
const TEXT_OR_LONG = /"(?:[^"\\]|\\(?:.|$))*(?:"|$)|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs
const LONG = /\d{16}/
/** A text in quotes, or a number that JSON does not have; Python and others write them. */
const TEXT_OR_NO_NUMBER = /"(?:[^"\\]|\\(?:.|$))*(?:"|$)|(?<![\w.])[+-]?(?:NaN|Infinity)(?!\w)/gs

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
 * of so many digits one another. Throws what `JSON.parse` throws, and where values lie in each other too deep.
 */
export function parseJsonCells(text: string): ParsedJson {
  try {
    return { value: exactly(text), noNumbers: 0, text }
  } catch {
    let noNumbers = 0
    const mended = text.replace(TEXT_OR_NO_NUMBER, (found) => {
      if (found.startsWith('"')) return found
      noNumbers++
      return 'null'
    })
    return { value: exactly(mended), noNumbers, text: mended }
  }
}

/** Levels of values in each other for which whoever goes through them one in another has room on the stack. */
const DEEPEST = 500

class TooDeep extends RangeError {}

function exactly(text: string): unknown {
  const value: unknown = JSON.parse(LONG.test(text) ? text.replace(TEXT_OR_LONG, quotedWhereLong) : text)
  // Each level takes a character at least.
  if (text.length > DEEPEST && isDeeper(value, DEEPEST)) throw new TooDeep()
  return value
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const key in value) if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true
  return false
}

/** What is to be said of a text that could not be parsed. */
export const whatIsWrong = (text: string, error: unknown): string =>
  error instanceof TooDeep
    ? `JSON with more than ${DEEPEST} values in each other`
    : `no JSON (${JSON.stringify(text.trim().slice(0, 40))})`

const quotedWhereLong = (found: string): string =>
  found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`
