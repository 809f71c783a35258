import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { formatShape, sameShape, sizeOf } from '../../base/shape.ts'
import type { Feeds } from '../../engine/engine.ts'
import { missing } from './network.ts'
import { mapped, type NameMap, type StateDict, targetOf, tensorAt, tensorWords } from './state-dict.ts'

/** What a model of ours wants: a name and a shape. */
interface Wanted {
  readonly name: string
  readonly shape: readonly number[]
}

/** Weights of a state dict under the names of ours. Errors, naming the tensor: `import/missing`, `import/shape`. */
export const valuesFrom = (state: StateDict, map: NameMap, parameters: readonly Wanted[]): Feeds =>
  Object.fromEntries(parameters.map((wanted) => [wanted.name, takenFor(wanted, state, map)]))

function takenFor({ name, shape }: Wanted, state: StateDict, map: NameMap): NDArray {
  const target = mapped(map, name)
  if (target === undefined) return missing(name)
  if (target === null) return { data: new Float32Array(sizeOf(shape)), shape }
  const found = tensorAt(state, target) ?? missing(name, target)
  if (!sameShape(found.shape, shape))
    fail({
      code: 'import/shape',
      seen: `"${target}" of shape ${formatShape(found.shape)} for ${name}`,
      wanted: `${formatShape(shape)}, for a decoder that mirrors its encoder and examples of the data's size`,
      fix: 'correct the map, or import a network of that form',
      usage: true,
    })
  return found
}

/** Names of tensors that nothing of a model is. */
export function unusedIn(state: StateDict, map: NameMap, parameters: readonly Wanted[]): string[] {
  const used = parameters.map(({ name }) => targetOf(mapped(map, name) ?? '').name)
  return Object.keys(state).filter((name) => !used.includes(name))
}

/** Numbers that the model has no place for may make it another one, unless somebody knows better. Error: `import/unused`. */
export const refuseUnused = (state: StateDict, unused: readonly string[]): never =>
  fail({
    code: 'import/unused',
    seen: `${tensorWords(state, unused)}, which nothing of the model is`,
    wanted:
      'a plain VAE: dense or convolutional layers, a mean and a log-variance, a decoder that mirrors the encoder',
    fix: 'where it computes the same without them, name the layers that count in a --map',
    usage: true,
  })
