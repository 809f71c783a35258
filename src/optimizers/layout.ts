import type { NDArray } from '../base/arrays.ts'
import { sizeOf } from '../base/shape.ts'
import { initialValues, type Parameter } from '../model/parameters.ts'

/** Where each parameter of a player lies in one long array, so that an optimizer walks memory once. */
export interface Layout {
  /** Key of the player. */
  readonly player: string
  readonly parameters: readonly Parameter[]
  readonly size: number
  /** Names of the optimizer's slots. */
  readonly slots: readonly string[]
  /** Views of an arena, by parameter name. */
  views(arena: Float32Array): Record<string, NDArray<Float32Array>>
}

export function layoutOf(player: string, parameters: readonly Parameter[], slots: readonly string[]): Layout {
  const offsets: number[] = []
  let size = 0
  for (const { shape } of parameters) {
    offsets.push(size)
    size += sizeOf(shape)
  }
  return {
    player,
    parameters,
    size,
    slots,
    views: (arena) =>
      Object.fromEntries(
        parameters.map(({ name, shape }, i) => [
          name,
          { data: arena.subarray(offsets[i], offsets[i] + sizeOf(shape)), shape },
        ]),
      ),
  }
}

/** Starting parameters of every player: a function of the seed alone. */
export function initialParameters(layouts: readonly Layout[], seed: number): Float32Array[] {
  let position = 0
  return layouts.map((layout) => {
    const arena = new Float32Array(layout.size)
    const views = layout.views(arena)
    for (const parameter of layout.parameters)
      views[parameter.name].data.set(initialValues(parameter, position++, seed))
    return arena
  })
}

/** Views of all players' arenas together, by parameter name. */
export const allViews = (
  layouts: readonly Layout[],
  arenas: readonly Float32Array[],
): Record<string, NDArray<Float32Array>> =>
  Object.assign({}, ...layouts.map((layout, i) => layout.views(arenas[i])))
