import {
  type Given,
  type GivenRows,
  type NDArray,
  placesAlong,
  type TraversalFrame,
  traversalFrame,
  unitsOf,
} from '../../../../inside.ts'
import type { Commands, Frame, FrameRequest, Shown, TraversalGrid, TraversalRequest } from '../../protocol.ts'
import type { Explorer } from './explorer.ts'
import { USUAL_POINTS } from './plane.ts'

/** Where sliders start and how long their steps are. */
export async function frameOf(explorer: Explorer, request: FrameRequest): Promise<Frame> {
  const { unit, base, center, step } = (await openFrame(explorer, request)).frame
  const [own, middle, length] = [base, center, step].map((numbers) => Float32Array.from(numbers))
  return { unit, base: own, center: middle, step: length }
}

/** A frame, and what the example whose code it holds is given. */
async function openFrame(
  explorer: Explorer,
  { example, unit }: FrameRequest,
): Promise<{ readonly frame: TraversalFrame; readonly condition: GivenRows | undefined }> {
  const own = example === undefined ? undefined : await explorer.rows([example])
  const frame = await traversalFrame(explorer.model, {
    ...(own && { example: own.x, condition: own.condition }),
    ...(unit ? { unit } : {}),
  })
  return { frame, condition: own?.condition }
}

/** What decoding gives along each dimension, the others held. */
export async function traversalOf(
  explorer: Explorer,
  request: Omit<TraversalRequest, 'condition'>,
  where: Given = {},
): Promise<TraversalGrid> {
  const { positions } = request
  const { frame, condition } = await openFrame(explorer, request)
  const dimensions = request.dimensions ?? (await byKl(explorer))
  const { latent } = explorer.model
  const codes = new Float32Array(dimensions.length * positions.length * latent)
  dimensions.forEach((dimension, line) => {
    placesAlong(frame, dimension, positions).forEach((place, column) => {
      const start = (line * positions.length + column) * latent
      codes.set(frame.base, start)
      codes[start + dimension] = place
    })
  })
  const shape = [dimensions.length * positions.length, latent]
  const images = explorer.shown(await explorer.model.decode({ data: codes, shape }, { condition, where }))
  const { schema } = explorer.medium
  if (images.kind === 'images' || !schema) return { dimensions, positions, images }
  const { tracksOf } = await import('./tracks.ts')
  return { dimensions, positions, images, tracks: await tracksOf(schema, images, positions.length) }
}

/** Pictures between two examples. */
export async function walkOf(
  explorer: Explorer,
  { from, to, steps }: Omit<Commands['interpolate']['given'], 'condition'>,
  where: Given | undefined,
): Promise<Shown> {
  const { model } = explorer
  const ends = await explorer.rows([from, to])
  if (!where) {
    const [first, last] = [await explorer.rows([from]), await explorer.rows([to])]
    return explorer.shown(await model.interpolate(first.x, last.x, steps, { condition: ends.condition }))
  }
  const { mean } = await model.encode(ends.x, { condition: ends.condition })
  const condition = ends.condition && between(ends.condition, steps)
  return explorer.shown(await model.decode(between(mean, steps), { condition, where }))
}

/** A straight line from the first of two rows to the second, both ends included [steps, width]. */
function between({ data, shape: [, width] }: NDArray, steps: number): NDArray {
  const line = Float32Array.from({ length: steps * width }, (_, at) => {
    const share = Math.floor(at / width) / (steps - 1)
    return (1 - share) * data[at % width] + share * data[width + (at % width)]
  })
  return { data: line, shape: [steps, width] }
}

/** All dimensions, those that say most first; in their order where there are no examples. */
async function byKl(explorer: Explorer): Promise<number[]> {
  if (!explorer.explored.dataset) return Array.from({ length: explorer.model.latent }, (_, d) => d)
  const units = unitsOf(await explorer.coded(USUAL_POINTS), explorer.explored.trained.recipe.model)
  return units.map(({ dimension }) => dimension)
}
