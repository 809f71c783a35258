import * as z from 'zod/mini'
import type { NDArray } from '../base/arrays.ts'
import { type ConcreteShape, type Dim, sizeOf } from '../base/shape.ts'
import type { Feeds } from '../engine/engine.ts'
import { gradient } from '../graph/gradient.ts'
import { add } from '../graph/ops/add.ts'
import { input } from '../graph/ops/input.ts'
import type { Architecture, OnGrid } from '../model/architectures/architecture.ts'
import { initialValues } from '../model/parameters.ts'
import { newTrace } from '../model/trace.ts'
import { apart, drawn, evaluated } from './evaluated.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { weighted } from './probing.ts'
import { smallOptions } from './small-options.ts'
import { wordsFlaws } from './words.ts'

const LATENT = 3
const ROWS = 2
const H = 1e-6
/** A ReLU whose kink the difference straddles makes it miss by this. */
const NEAR = 1e-4

/** Shapes of examples to try, the smallest that an architecture takes. */
const shapes: readonly ConcreteShape[] = [[6], [2, 8], [1, 8, 8], [1, 16, 16], [1, 32, 32], [1, 64, 64]]

function architectureWorld(kind: Architecture, shape: ConcreteShape, onGrid?: OnGrid) {
  const small = z.parse(kind.options, smallOptions(kind.options))
  const options = kind.complete?.(small, shape) ?? small
  const trace = newTrace()
  const code = [ROWS, LATENT, ...(onGrid?.places(shape, options) ?? [])]
  const halves = onGrid ?? kind
  const features = halves.encode(input('x', [ROWS, ...shape]), trace.layers('encoder'), options)
  const output = halves.decode(input('z', code), shape, trace.layers('decoder'), options)
  const values = trace.parameters.map((parameter, i): [string, NDArray] => [
    parameter.name,
    // Zeros, as biases begin, would put every kink where nobody meets it.
    parameter.bound === 0
      ? drawn(parameter.shape, i, -0.1, 0.1)
      : { data: Float64Array.from(initialValues(parameter, i, 1)), shape: parameter.shape },
  ])
  const feeds: Feeds = {
    x: drawn([ROWS, ...shape], 90, 0, 1),
    z: drawn(code, 91),
    ...Object.fromEntries(values),
  }
  return { shape, options, code, features, output, parameters: trace.parameters, feeds }
}

type ArchitectureWorld = ReturnType<typeof architectureWorld>

/** The smallest world that there is; what the last shape says where there is none. */
function firstWorld(kind: Architecture): ArchitectureWorld {
  for (const shape of shapes.slice(0, -1)) {
    try {
      return architectureWorld(kind, shape)
    } catch {
      // Its examples may have to be pictures, or larger ones.
    }
  }
  return architectureWorld(kind, shapes[shapes.length - 1])
}

/** Whether networks have the shapes that they should, see each example by itself, and learn by every parameter. */
export const checkArchitecture = (kind: Architecture): Promise<readonly Flaw[]> =>
  flawsOf('shape', async () => {
    const world = firstWorld(kind)
    const { shape, options } = world
    const grid = kind.onGrid && architectureWorld(kind, shape, kind.onGrid)
    const worlds = [
      { world, features: [ROWS, 'width'] },
      ...(grid ? [{ world: grid, features: [ROWS, 'width', ...grid.code.slice(2)] }] : []),
    ]
    const formed = [
      ...wordsFlaws(kind, options),
      ...worlds.flatMap((one) => formsOf(one.world, one.features)),
    ]
    if (formed.length > 0) return formed
    const found = await Promise.all(
      worlds.map(async (one) => [...(await rowsApart(one.world)), ...(await slopes(one.world))]),
    )
    return found.flat()
  })

/** Whether features have these extents, of which one is of any width, and outputs those of the data. */
function formsOf({ shape, code, features, output }: ArchitectureWorld, wanted: readonly Dim[]): Flaw[] {
  const data = [ROWS, ...shape]
  const isOf = (extent: Dim, at: number) => wanted[at] === 'width' || wanted[at] === extent
  return [
    ...flawUnless(
      features.shape.length === wanted.length && features.shape.every(isOf),
      'shape',
      () => `features [${features.shape}] of ${ROWS} examples; wanted [${wanted.join(', ')}]`,
    ),
    ...flawUnless(
      output.shape.join() === data.join(),
      'shape',
      () => `[${output.shape}] from codes [${code.join(', ')}]; wanted [${data}], the shape of the data`,
    ),
  ]
}

/** Another second example leaves the features of the first, and what is decoded of it, as they were. */
async function rowsApart({ features, output, feeds }: ArchitectureWorld): Promise<readonly Flaw[]> {
  const before = await evaluated({ features, output }, feeds)
  const changed = (name: string) => {
    const { data, shape } = feeds[name]
    const half = data.length / ROWS
    return { data: Float64Array.from(data, (value, i) => (i < half ? value : value / 2)), shape }
  }
  const after = await evaluated({ features, output }, { ...feeds, x: changed('x'), z: changed('z') })
  const first = (values: Float64Array) => values.subarray(0, values.length / ROWS)
  return flawUnless(
    apart(first(before.features), first(after.features)) < 1e-12 &&
      apart(first(before.output), first(after.output)) < 1e-12,
    'rows',
    () => 'what becomes of an example depends on the other one; wanted each by itself',
  )
}

/** The slope along one drawn direction of all parameters, and that each of them has a part in it. */
async function slopes({ features, output, parameters, feeds }: ArchitectureWorld): Promise<readonly Flaw[]> {
  const loss = add(weighted(features), weighted(output, 5))
  const derivatives = gradient(
    loss,
    parameters.map(({ tensor }) => tensor),
  )
  const found = await evaluated(Object.fromEntries(derivatives.map((own, i) => [`d${i}`, own])), feeds)
  const raw = parameters.map(({ shape }, i) => drawn(shape, 200 + i))
  // One step of length 1 in all: a longer one crosses kinks.
  const squares = raw.map(({ data }) => Array.from(data).reduce((sum, step) => sum + step ** 2, 0))
  const length = Math.sqrt(squares.reduce((sum, square) => sum + square, 0))
  const directions = raw.map(({ data }) => ({ data: Array.from(data, (step) => step / length) }))
  const slope = directions.reduce(
    (sum, { data }, i) => sum + data.reduce((own, step, at) => own + step * found[`d${i}`][at], 0),
    0,
  )
  const at = async (delta: number) => {
    const moved = parameters.map(({ name, shape }, i): [string, NDArray] => [
      name,
      {
        data: Float64Array.from(feeds[name].data, (value, k) => value + delta * directions[i].data[k]),
        shape,
      },
    ])
    return (await evaluated({ loss }, { ...feeds, ...Object.fromEntries(moved) })).loss[0]
  }
  const measured = ((await at(H)) - (await at(-H))) / (2 * H)
  const idle = parameters.filter(({ shape }, i) => sizeOf(shape) > 0 && found[`d${i}`].every((d) => d === 0))
  return [
    ...flawUnless(
      apart([slope], [measured]) < NEAR,
      'gradient',
      () => `a slope of ${slope}, where differences have ${measured}; wanted one number`,
    ),
    ...flawUnless(
      idle.length === 0,
      'parameters',
      () => `${idle.map(({ name }) => name).join(', ')} move nothing; wanted parameters that learn`,
    ),
  ]
}
