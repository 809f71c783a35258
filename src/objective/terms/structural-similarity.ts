/** Multi-scale structural similarity of images. Wang, Simoncelli & Bovik 2003. */
import { mean, square } from '../../graph/functions.ts'
import { add } from '../../graph/ops/add.ts'
import { constant } from '../../graph/ops/constant.ts'
import { conv2d } from '../../graph/ops/convolution.ts'
import { div } from '../../graph/ops/div.ts'
import { exp } from '../../graph/ops/exp.ts'
import { maximum } from '../../graph/ops/extremum.ts'
import { log } from '../../graph/ops/log.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import type { Tensor } from '../../graph/tensor.ts'

/** Width of the window and of its bell; what is added to keep small numbers from deciding. Wang et al. 2004, §III. */
const WINDOW = 11
const SIGMA = 1.5
const [K1, K2] = [0.01, 0.03]
/** Weight of each scale, the finest first. Wang et al. 2003, §3.2. */
const WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333] as const
/** Similarities may be below 0, where no power is; they count as this little. */
const LEAST = 1e-4

type Sides = readonly [height: number, width: number]

/** Sides of the image at each scale: it is halved as long as the window fits, four times at most. */
export function scalesOf(sides: Sides): Sides[] {
  const scales: Sides[] = [sides]
  while (scales.length < WEIGHTS.length) {
    const half = (scales.at(-1) as Sides).map((side) => side >> 1) as unknown as Sides
    if (Math.min(...half) < WINDOW) break
    scales.push(half)
  }
  return scales
}

/** A window that fits: 11 numbers wide, or the greatest odd number that the side has. */
function bell(side: number): number[] {
  const width = Math.min(WINDOW, side % 2 === 0 ? side - 1 : side)
  const heights = Array.from({ length: width }, (_, i) =>
    Math.exp(-((i - (width - 1) / 2) ** 2) / (2 * SIGMA ** 2)),
  )
  const sum = heights.reduce((a, b) => a + b)
  return heights.map((height) => height / sum)
}

/** Filters that treat each channel alike and apart: [channels, channels, tall, wide]. */
function apart(channels: number, rows: readonly number[], columns: readonly number[]): Tensor {
  const one = rows.flatMap((row) => columns.map((column) => row * column))
  const none = one.map(() => 0)
  const values = Array.from({ length: channels ** 2 }, (_, i) =>
    i % (channels + 1) === 0 ? one : none,
  ).flat()
  return constant(values, [channels, channels, rows.length, columns.length])
}

/**
 * MS-SSIM of pairs of images [rows, channels, height, width] whose values span `range`: [rows], 1 where they are the same.
 *
 * ∏ⱼ csⱼ^wⱼ · l^w at the last scale, each a mean over the image, where the window lies within it. Images too small for five
 * scales have fewer, whose weights add to 1; channels are alike.
 */
export function multiScaleSimilarity(first: Tensor, second: Tensor, range: number): Tensor {
  const [channels, height, width] = first.shape.slice(1) as number[]
  const scales = scalesOf([height, width])
  const whole = WEIGHTS.slice(0, scales.length).reduce((sum, weight) => sum + weight, 0)
  let [x, y] = [first, second]
  const logarithms = scales.map((sides, scale) => {
    if (scale > 0) [x, y] = [x, y].map((image) => halved(image, channels))
    const { structure, luminance } = similarities(x, y, sides, range)
    const compared = scale === scales.length - 1 ? mul(luminance, structure) : structure
    const similarity = mean(compared, [1, 2, 3])
    return mul(log(maximum(similarity, LEAST)), WEIGHTS[scale] / whole)
  })
  return exp(logarithms.reduce((sum, one) => add(sum, one)))
}

const halved = (image: Tensor, channels: number): Tensor =>
  conv2d(image, apart(channels, [0.5, 0.5], [0.5, 0.5]), { stride: [2, 2] })

/** Contrast and structure, and luminance, at each place of the window. Wang et al. 2004, eq. 6 and 13. */
function similarities(x: Tensor, y: Tensor, [height, width]: Sides, range: number) {
  const filters = apart(x.shape[1] as number, bell(height), bell(width))
  const seen = (image: Tensor) => conv2d(image, filters)
  const [meanX, meanY] = [seen(x), seen(y)]
  const variance = (image: Tensor, center: Tensor) => sub(seen(square(image)), square(center))
  const [c1, c2] = [(K1 * range) ** 2, (K2 * range) ** 2]
  const covariance = sub(seen(mul(x, y)), mul(meanX, meanY))
  const variances = add(variance(x, meanX), variance(y, meanY))
  return {
    structure: div(add(mul(covariance, 2), c2), add(variances, c2)),
    luminance: div(add(mul(mul(meanX, meanY), 2), c1), add(add(square(meanX), square(meanY)), c1)),
  }
}
