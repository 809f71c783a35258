/** The number with the fewest digits that is the same float32, such as 0.1 for 0.10000000149011612. */
export function shortFloat(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return value
  const order = Math.floor(Math.log10(Math.abs(value)))
  for (let digits = 1; digits < 9; digits++) {
    const places = digits - 1 - order
    // Powers of ten up to this one are exact, so that what is divided by them is the number that its digits say.
    if (places < 0) continue
    if (places > 22) break
    const near = Math.round(value * 10 ** places) / 10 ** places
    if (Math.fround(near) === value) return near
  }
  for (let digits = 6; digits < 9; digits++) {
    const near = Number(value.toPrecision(digits))
    if (Math.fround(near) === value) return near
  }
  return Number(value.toPrecision(9))
}
