/** Columns that a text takes: marks above a letter, as in x̂, take none. */
export const widthOf = (text: string): number => [...text.replace(/\p{Mn}/gu, '')].length
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text
const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** Lines whose columns stand under each other: `l` to the left, `r` to the right. */
export function aligned(rows: readonly (readonly string[])[], sides: string): string[] {
  const widths = [...sides].map((_, i) => Math.max(0, ...rows.map((row) => widthOf(row[i] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, i) => (sides[i] === 'r' ? padStart(cell, widths[i]) : padEnd(cell, widths[i])))
      .join('  ')
      .trimEnd(),
  )
}

/** Lines of at most `width` columns, broken at spaces; those after the first are moved in by `indent`. */
export function wrapped(text: string, width: number, indent: number): string[] {
  const [lead] = /^ */.exec(text) as RegExpExecArray
  const lines: string[] = []
  let line = lead
  for (const word of text.trim().split(' ')) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`
    if (widthOf(longer) <= width || line.trim() === '') line = longer
    else {
      lines.push(line)
      line = ' '.repeat(indent) + word
    }
  }
  return [...lines, line]
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** A bar of up to `width` letters for a share of 1. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8)
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]
}
