/** A reader of CSV for tests, which shares nothing with ours: cells with quotes, commas and line ends. */
export function csvRecords(text: string): Record<string, string>[]
export function csvRecords(text: string, isNamed: false): string[][]
export function csvRecords(text: string, isNamed = true): Record<string, string>[] | string[][] {
  const rows: string[][] = [[]]
  let quoted = false
  let cell = ''
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (quoted && letter === '"' && text[at + 1] === '"') {
      cell += '"'
      at++
    } else if (letter === '"') quoted = !quoted
    else if (!quoted && (letter === ',' || letter === '\n')) {
      rows[rows.length - 1].push(cell)
      cell = ''
      if (letter === '\n') rows.push([])
    } else cell += letter
  }
  const [head, ...body] = rows.slice(0, -1)
  return isNamed
    ? body.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]])))
    : [head, ...body]
}
