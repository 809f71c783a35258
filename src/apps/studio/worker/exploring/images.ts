/** What is asked of images first: what comes back of them, and which are unlike the others. */
import { type Trained, topRows } from '../../../../inside.ts'
import type { Reconstructed, UnusualImages } from '../../protocol.ts'
import type { Explorer } from './explorer.ts'
import { USUAL_POINTS } from './plane.ts'

/** Examples that are scored at once. */
const CHUNK = 250

/** Examples by position beside what comes back of them. */
export async function reconstructed(explorer: Explorer, examples: readonly number[]): Promise<Reconstructed> {
  const { x, condition } = await explorer.rows(examples)
  return {
    originals: explorer.shown(x),
    reconstructions: explorer.shown(await explorer.model.reconstruct(x, { condition })),
  }
}

/** Those of up to 2,000 examples that cost most, in nats, the dearest first. */
export async function unusualImages(explorer: Explorer, count: number): Promise<UnusualImages> {
  const { examples } = await explorer.coded(USUAL_POINTS)
  const costs = new Float64Array(examples.length)
  const floor = floorOf(explorer.explored.trained)
  for (let first = 0; first < examples.length; first += CHUNK) {
    const { x, condition } = await explorer.rows(examples.subarray(first, first + CHUNK))
    const { reconstruction, kl } = await explorer.model.score(x, { condition, first })
    const width = x.data.length / reconstruction.length
    reconstruction.forEach((nats, i) => {
      costs[first + i] = nats + (kl?.[i] ?? 0) - floor(x.data.subarray(i * width, (i + 1) * width))
    })
  }
  const places = topRows(costs, count)
  return {
    examples: Array.from(places, (place) => examples[place]),
    nats: Array.from(places, (place) => costs[place]),
    usual: costs.toSorted()[costs.length >> 1],
    of: examples.length,
  }
}

/**
 * What the pixels of an example cost at the least. Grey ones cost a Bernoulli likelihood their own entropy, however well
 * they come back, so that without this every image in half tones would be unusual.
 */
function floorOf({ recipe, values }: Trained): (pixels: ArrayLike<number>) => number {
  if (recipe.model.likelihood.name !== 'bernoulli' || recipe.data.binarize !== 'none') return () => 0
  const [shift, scale] = [values['data.shift'].data[0], values['data.scale'].data[0]]
  return (pixels) => {
    let nats = 0
    for (let at = 0; at < pixels.length; at++) {
      const x = (pixels[at] - shift) * scale
      if (x > 0 && x < 1) nats -= x * Math.log(x) + (1 - x) * Math.log(1 - x)
    }
    return nats
  }
}
