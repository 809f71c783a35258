import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { type Bindings, formatShape, sizeOf } from '../base/shape.ts'
import type { Program, ProgramInput } from '../graph/program.ts'
import type { Feeds } from './engine.ts'

/** Checks feeds against the inputs they are for, and gives the symbolic extents their values beside those known. */
export function checkFeeds(
  program: Program,
  inputs: readonly ProgramInput[],
  feeds: Feeds,
  known: Bindings = {},
): Bindings {
  const bindings: Record<string, number> = { ...known }
  for (const input of inputs) {
    const fed = feeds[input.name]
    if (!fed)
      fail({
        code: 'engine/missing-feed',
        seen: `program "${program.name}" was run without "${input.name}"`,
        wanted: `values for ${inputs.map(({ name }) => `"${name}"`).join(', ')}`,
        fix: `feed "${input.name}" of shape ${formatShape(input.shape)}`,
      })
    bind(program, input, fed, bindings)
  }
  return bindings
}

function bind(program: Program, input: ProgramInput, fed: NDArray, bindings: Record<string, number>): void {
  const fits =
    fed.shape.length === input.shape.length &&
    fed.data.length === sizeOf(fed.shape) &&
    input.shape.every((extent, axis) => {
      if (typeof extent === 'number') return extent === fed.shape[axis]
      bindings[extent] ??= fed.shape[axis]
      return bindings[extent] === fed.shape[axis]
    })
  if (!fits)
    fail({
      code: 'engine/feed-shape',
      seen: `"${input.name}" of shape ${formatShape(fed.shape)} and ${fed.data.length} numbers for program "${program.name}"`,
      wanted: formatShape(input.shape.map((extent) => bindingOf(extent, bindings))),
      fix: 'feed an array of that shape',
    })
}

/** A symbolic extent that already has its value is shown with it. */
const bindingOf = (extent: number | string, bindings: Bindings): number | string =>
  typeof extent === 'string' && extent in bindings ? `${extent} = ${bindings[extent]}` : extent
