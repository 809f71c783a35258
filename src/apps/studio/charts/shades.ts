/** Colors between two others, as the bytes of a pixel. */

const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)

/** The color at a share of the way, 0 to 1, from one `rgb(…)` to another: red, green, blue, opaque. */
export function channelsBetween(from: string, to: string): (share: number) => [number, number, number, 255] {
  const [start, end] = [channels(from), channels(to)]
  return (share) => {
    const place = Math.min(1, Math.max(0, share))
    const at = (i: number) => Math.round(start[i] + (end[i] - start[i]) * place)
    return [at(0), at(1), at(2), 255]
  }
}
