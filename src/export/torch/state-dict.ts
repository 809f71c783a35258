import { toFloat32 } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { formatShape } from '../../base/shape.ts'
import { readSafetensors } from '../../data/formats/safetensors.ts'
import type { Feeds } from '../../engine/engine.ts'

/** Weights of a network from elsewhere by name, as `state_dict()` of PyTorch has them. */
export type StateDict = Feeds

/** A layer of a state dict: what `name.weight` is. */
export interface ForeignLayer {
  readonly name: string
  readonly shape: readonly number[]
}

/**
 * Which tensor or layer of the file is which parameter of the model:
 * `{ 'encoder.0': 'fc1', 'encoder.mean': 'fc2[0:20]' }`.
 *
 * A key is a parameter of a model or the layer that it belongs to. Rows `[from:to]` are of the first extent, for
 * a layer that gives mean and log-variance in one. null is a tensor of zeros, such as the bias of a layer that
 * has none.
 */
export type NameMap = Readonly<Record<string, string | null>>

/** Reads weights. Errors: `safetensors/…`. */
export const readStateDict = (bytes: Uint8Array): StateDict => readSafetensors(bytes).tensors

const WEIGHT = '.weight'
const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/** Layers by name, numbers in their order; files have them in that of the alphabet. */
export const layersIn = (state: StateDict): ForeignLayer[] =>
  Object.keys(state)
    .filter((name) => name.endsWith(WEIGHT))
    .sort(inOrder)
    .map((name) => ({ name: name.slice(0, -WEIGHT.length), shape: state[name].shape }))

/** Some tensors with their shapes, for errors. */
export const tensorWords = (state: StateDict, names: readonly string[] = Object.keys(state)): string =>
  names
    .toSorted(inOrder)
    .map((name) => `${name} ${formatShape(state[name].shape)}`)
    .join(', ')

/** A tensor of a state dict that a map names for a parameter of ours; undefined where it has no word on it. */
export function mapped(map: NameMap, parameter: string): string | null | undefined {
  const dot = parameter.lastIndexOf('.')
  const [layer, kind] = [parameter.slice(0, dot), parameter.slice(dot)]
  if (parameter in map) return map[parameter]
  const target = map[layer]
  if (target === undefined || target === null) return target
  const { name, rows } = targetOf(target)
  return `${name}${kind}${rows}`
}

const ROWS = /^(.*?)(\[\d+:\d+\])?$/

/** The name in a target, and its rows as they stand there. */
export function targetOf(target: string): { readonly name: string; readonly rows: string } {
  const [, name, rows = ''] = ROWS.exec(target) ?? []
  return { name, rows }
}

/** What a target of a map is in a state dict, as float32; undefined where there is none. Error: `import/rows`. */
export function tensorAt(state: StateDict, target: string): StateDict[string] | undefined {
  const { name, rows } = targetOf(target)
  const found = Object.hasOwn(state, name) ? state[name] : undefined
  if (!found || rows === '') return found && { data: toFloat32(found.data), shape: found.shape }
  const [from, to] = rows.slice(1, -1).split(':').map(Number)
  const [count = 0, ...rest] = found.shape
  if (from >= to || to > count)
    fail({
      code: 'import/rows',
      seen: `rows ${from} to ${to} of ${name}, which has ${count}`,
      wanted: 'rows that are there, such as [0:20]',
      fix: 'correct the map',
      usage: true,
    })
  const width = rest.reduce((size, extent) => size * extent, 1)
  return { data: toFloat32(found.data).slice(from * width, to * width), shape: [to - from, ...rest] }
}
