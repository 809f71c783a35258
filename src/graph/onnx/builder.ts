import type { ElementType, NumericArray } from '../../base/arrays.ts'
import type { Emit } from './emit.ts'
import type { OnnxNode, OnnxTensor } from './messages.ts'
import { onnxTypes } from './types.ts'

/** Gathers nodes and initializers under names that depend on the order of calls alone. */
export interface Builder extends Emit {
  readonly nodes: OnnxNode[]
  readonly initializers: OnnxTensor[]
  /** Adds a node that gives the same value again. */
  copy(name: string): void
  /** Gives the newest node's output another name. */
  rename(name: string): void
  /** Writes a named array into the model. */
  initializer(
    name: string,
    data: NumericArray | readonly number[],
    shape: readonly number[],
    dtype: ElementType,
  ): void
}

/** `prefix` begins the names of what is made, so that those of a graph within a graph are others. */
export function builder(prefix = ''): Builder {
  const nodes: OnnxNode[] = []
  const initializers: OnnxTensor[] = []
  const shared = new Map<string, string>()
  const made = new Map<string, string>()
  /** One initializer for equal small constants. */
  const once = (key: string, tensor: (name: string) => OnnxTensor): string => {
    const known = shared.get(key)
    if (known) return known
    const name = `${prefix}c${shared.size}`
    shared.set(key, name)
    initializers.push(tensor(name))
    return name
  }
  const add = (
    type: string,
    inputs: readonly string[],
    attributes: Parameters<Emit['node']>[2] = {},
  ): string => {
    const output = `${prefix}v${nodes.length}`
    nodes.push({ type, name: `${type}_${nodes.length}`, inputs: [...inputs], output, attributes })
    return output
  }
  return {
    nodes,
    initializers,
    copy: (name) => void add('Identity', [name]),
    node(type, inputs, attributes) {
      // Two lowerings may want the same thing, as a loss and its gradient do.
      const key = JSON.stringify([type, inputs, attributes])
      const known = made.get(key)
      if (known) return known
      const output = add(type, inputs, attributes)
      made.set(key, output)
      return output
    },
    rename(name) {
      const newest = nodes[nodes.length - 1]
      for (const [key, output] of made) if (output === newest.output) made.set(key, name)
      newest.output = name
    },
    integers: (values) =>
      once(`int64:${values}`, (name) => onnxTensor(name, 'int64', [values.length], int64Bytes(values))),
    constant: (data, shape, dtype) =>
      once(`${dtype}:${shape}:${Array.from(data)}`, (name) =>
        onnxTensor(name, dtype, shape, bytesOf(data, dtype)),
      ),
    initializer(name, data, shape, dtype) {
      initializers.push(onnxTensor(name, dtype, shape, bytesOf(data, dtype)))
    },
  }
}

export const onnxTensor = (
  name: string,
  dtype: ElementType | 'int64',
  shape: readonly number[],
  bytes: Uint8Array,
): OnnxTensor => ({ name, type: onnxTypes[dtype], shape, bytes })

const int64Bytes = (values: readonly number[]) => new Uint8Array(BigInt64Array.from(values, BigInt).buffer)

function bytesOf(data: NumericArray | readonly number[], dtype: ElementType): Uint8Array {
  if (dtype === 'uint8' || dtype === 'bool') return Uint8Array.from(data)
  const typed =
    dtype === 'int32'
      ? Int32Array.from(data)
      : dtype === 'float64'
        ? Float64Array.from(data)
        : Float32Array.from(data)
  return new Uint8Array(typed.buffer)
}
