/** Which samples of a line, from `first` on, make one of the resized line, and with what weights. */
interface Tap {
  readonly first: number
  readonly weights: Float64Array
}

/** The greatest square in the middle of `width` × `height`, scaled to `size` × `size`. */
interface Fit {
  readonly width: number
  readonly height: number
  readonly size: number
}

/**
 * Weights of a triangle as wide as one sample of the smaller of the two lines on either side: linear between samples
 * where a line grows, an average of all samples it stands for where it shrinks.
 */
function tapsOf(from: number, length: number, size: number): Tap[] {
  const scale = length / size
  const reach = Math.max(scale, 1)
  return Array.from({ length: size }, (_, at) => {
    const center = (at + 0.5) * scale
    const first = Math.max(0, Math.ceil(center - reach - 0.5))
    const end = Math.min(length, Math.floor(center + reach - 0.5) + 1)
    const weights = Float64Array.from(
      { length: end - first },
      (_, i) => 1 - Math.abs(first + i + 0.5 - center) / reach,
    )
    const sum = weights.reduce((a, b) => a + b)
    return { first: from + first, weights: weights.map((weight) => weight / sum) }
  })
}

/**
 * The square in the middle of each plane, scaled to `size` × `size` by a triangle filter, as Pillow's BILINEAR does.
 *
 * Planes are [channels, height, width].
 */
export function squared(planes: Uint8Array, { width, height, size }: Fit): Uint8Array {
  const side = Math.min(width, height)
  const across = tapsOf((width - side) >> 1, side, size)
  const down = tapsOf((height - side) >> 1, side, size)
  const channels = planes.length / (width * height)
  const out = new Uint8Array(channels * size * size)
  // Rows that no tap of `down` reaches are left out.
  const top = down[0].first
  const last = down[size - 1]
  const rows = last.first + last.weights.length - top
  const narrow = new Float64Array(rows * size)
  for (let channel = 0; channel < channels; channel++) {
    const plane = planes.subarray(channel * width * height, (channel + 1) * width * height)
    for (let row = 0; row < rows; row++)
      for (let x = 0; x < size; x++)
        narrow[row * size + x] = weighed(plane, (top + row) * width + across[x].first, 1, across[x].weights)
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        const { first, weights } = down[y]
        out[(channel * size + y) * size + x] = Math.round(
          weighed(narrow, (first - top) * size + x, size, weights),
        )
      }
  }
  return out
}

function weighed(
  samples: Uint8Array | Float64Array,
  from: number,
  stride: number,
  weights: Float64Array,
): number {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i] * samples[from + i * stride]
  return sum
}
