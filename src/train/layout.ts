import type { NDArray } from '../base/arrays.ts'
import { sizeOf } from '../base/shape.ts'
import { traceAutoencoder } from '../model/autoencoder.ts'
import { initialValues, type Parameter } from '../model/parameters.ts'
import type { Plan } from './plan.ts'

/** Where each parameter lies in one long array, so that an optimizer walks memory once. */
export interface Layout {
  readonly parameters: readonly Parameter[]
  readonly size: number
  /** Views of an arena, by parameter name. */
  views(arena: Float32Array): Record<string, NDArray<Float32Array>>
}

export function layoutOf(parameters: readonly Parameter[]): Layout {
  const offsets: number[] = []
  let size = 0
  for (const { shape } of parameters) {
    offsets.push(size)
    size += sizeOf(shape)
  }
  return {
    parameters,
    size,
    views: (arena) =>
      Object.fromEntries(
        parameters.map(({ name, shape }, i) => [
          name,
          { data: arena.subarray(offsets[i], offsets[i] + sizeOf(shape)), shape },
        ]),
      ),
  }
}

/** The layout of a plan's parameters. */
export const planLayout = ({ model, example }: Pick<Plan, 'model' | 'example'>): Layout =>
  layoutOf(traceAutoencoder(model, example, 1).parameters)

/** Starting parameters: a function of the seed alone. */
export function initialParameters(layout: Layout, seed: number): Float32Array {
  const arena = new Float32Array(layout.size)
  const views = layout.views(arena)
  layout.parameters.forEach((parameter, i) => {
    views[parameter.name].data.set(initialValues(parameter, i, seed))
  })
  return arena
}
