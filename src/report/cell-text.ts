/** What a model expected in a cell, as people read it: a number to as many decimals as the cell beside it has. */
export function expectedText(expected: unknown, seen: string): string {
  if (typeof expected !== 'number') return String(expected)
  const decimals = /^-?\d+(?:\.(\d+))?$/.exec(seen)
  return decimals
    ? expected.toFixed(Math.min(decimals[1]?.length ?? 0, 12))
    : String(Number(expected.toPrecision(4)))
}
