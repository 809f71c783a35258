/** A text in quotes, or a whole number of so many digits that a double may not hold it. */
const TEXT_OR_LONG = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs
const LONG = /\d{16}/

/**
 * What a JSON text says, whole numbers that a double does not hold as texts: as numbers they would become others, and keys
 * of so many digits one another. Throws what `JSON.parse` throws.
 */
export const parseJsonCells = (text: string): unknown =>
  JSON.parse(LONG.test(text) ? text.replace(TEXT_OR_LONG, quotedWhereLong) : text)

const quotedWhereLong = (found: string): string =>
  found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`
