import { fail } from './errors.ts'

/** One extent: a number, or the name of a size that is only known when the program runs (`batch`), or `49·batch`. @inline */
export type Dim = number | string
/** @inline */
export type Shape = readonly Dim[]
/** @inline */
export type ConcreteShape = readonly number[]
/** Values of the symbolic extents of one run. */
export type Bindings = Readonly<Record<string, number>>

export const formatShape = (shape: Shape): string => `[${shape.join(', ')}]`

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis])

/** Number of elements of a concrete shape. */
export const sizeOf = (shape: ConcreteShape): number => shape.reduce((size, extent) => size * extent, 1)

/** So many times an extent: of a name that is `49·batch`. */
export function timesExtent(extent: Dim, count: number): Dim {
  const { factor, name } = factored(extent)
  const product = factor * count
  if (name === undefined) return product
  return product === 1 ? name : `${product}·${name}`
}

/** An extent as a number, times a name where it has one. */
export function factored(extent: Dim): { readonly factor: number; readonly name?: string } {
  if (typeof extent === 'number') return { factor: extent }
  const [first, second] = extent.split('·')
  return second === undefined ? { factor: 1, name: first } : { factor: Number(first), name: second }
}

/** Row-major strides, in elements. */
export function stridesOf(shape: ConcreteShape): number[] {
  const strides = new Array<number>(shape.length)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= shape[axis]
  }
  return strides
}

/** The shape with every symbolic extent replaced by its value. */
export function resolveShape(shape: Shape, bindings: Bindings): number[] {
  return shape.map((extent) => {
    const { factor, name } = factored(extent)
    if (name === undefined) return factor
    const value =
      bindings[name] ??
      fail({
        code: 'shape/unbound',
        seen: `extent "${name}" of ${formatShape(shape)} has no value`,
        wanted: 'every symbolic extent bound by an input',
        fix: `feed an input whose shape has "${name}"`,
      })
    return factor * value
  })
}

/** The shape as numbers; fails where an extent is symbolic. */
export function concrete(shape: Shape, purpose: string): number[] {
  return shape.map((extent) =>
    typeof extent === 'number'
      ? extent
      : fail({
          code: 'shape/symbolic',
          seen: `${purpose} over ${formatShape(shape)}`,
          wanted: `a known number in place of "${extent}"`,
          fix: 'trace this program with a fixed batch size',
        }),
  )
}

/** NumPy's broadcasting rule. */
export function broadcastShapes(a: Shape, b: Shape, op: string): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left === right || right === 1) return left
    if (left === 1) return right
    return fail({
      code: 'shape/broadcast',
      seen: `${op} of ${formatShape(a)} and ${formatShape(b)}`,
      wanted: 'shapes that broadcast (equal extents, or 1)',
      fix: 'reshape one side so that its trailing extents match',
    })
  })
}

/** Axes as non-negative, sorted, distinct numbers; negative ones count from the end. */
export function normalizeAxes(axes: readonly number[], rank: number, op: string): number[] {
  const normalized = axes.map((axis) => (axis < 0 ? axis + rank : axis))
  if (normalized.some((axis) => !(axis >= 0 && axis < rank)) || new Set(normalized).size !== axes.length)
    fail({
      code: 'shape/axes',
      seen: `${op} over axes ${formatShape(axes)} of a tensor of rank ${rank}`,
      wanted: `distinct axes from ${-rank} to ${rank - 1}`,
      fix: 'name each axis once',
    })
  return normalized.sort((a, b) => a - b)
}
