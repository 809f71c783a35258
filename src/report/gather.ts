import { type NDArray, takeRows } from '../base/arrays.ts'
import { columnMeans } from '../base/math/columns.ts'
import { rangeOf } from '../base/math/sums.ts'
import { tableLayout } from '../data/tables/layout.ts'
import type { TableSchema } from '../data/tables/schema.ts'
import { slotNames } from '../data/tables/slot-names.ts'
import type { Evaluation } from '../evaluate/evaluation.ts'
import type { CallOptions, Model } from '../infer/model.ts'
import type { Unit } from '../infer/units.ts'
import { byCondition } from './by-condition.ts'
import { intensityRange, type Range } from './grid.ts'
import { type LatentMap, latentMap } from './map/latent-map.ts'
import { manifold } from './map/manifold.ts'
import type { Medium, Pictures, Traversal } from './pictures.ts'
import { spreadRows } from './spread-rows.ts'

/** Held-out examples and what is known of them. */
export interface HeldOut {
  /** [n, ...exampleShape] in the data's own units, as the model was judged on them. */
  readonly rows: NDArray
  /** What a conditional model is given of each [n, width]. */
  readonly condition?: NDArray
  readonly dtype: 'uint8' | 'float32'
  /** One class number for each row, or the level of a factor. */
  readonly labels?: ArrayLike<number>
  /** What labels are; default: class. */
  readonly labeled?: string
  /** Column names of a table. */
  readonly columns?: readonly string[]
  /** Of rows that are encoded cells: what the table's columns are. */
  readonly table?: TableSchema
}

const SHOWN = { image: { pairs: 12, samples: 64 }, table: { pairs: 6, samples: 150 } } as const
const LINES = 8
const STEPS = 11
const REACH = 3
const MOST_MAPPED = 1500
/** Numbers of an encoded row that are shown: more strips nobody reads. */
const MOST_SLOTS = 24

/** What is known of the codes of held-out data. */
interface Codes {
  readonly means: NDArray
  readonly center: readonly number[]
  /** Active dimensions, strongest first. */
  readonly active: readonly Unit[]
}

/** Lets a model reconstruct, sample, traverse and interpolate, for a report. The same request gives the same pictures. */
export async function gather(
  model: Model,
  heldOut: HeldOut,
  { units }: Pick<Evaluation, 'units'>,
  options: CallOptions = {},
): Promise<Pictures> {
  const { rows, condition, labels } = heldOut
  const medium = mediumOf(heldOut)
  const codes = codesOf((await model.encode(rows, { ...options, condition })).mean, units)
  const chosen = pickExamples(rows.shape[0], SHOWN[medium.kind].pairs, labels)
  const originals = takeRows(rows, chosen)
  const given = condition && takeRows(condition, chosen)
  const { samples } = SHOWN[medium.kind]
  const under = await byCondition(model, originals, given, options)
  return {
    medium,
    originals,
    reconstructions: await model.reconstruct(originals, { ...options, condition: given }),
    samples: await model.sample(samples, options),
    samplesFrom: model.samplesFrom,
    positions: positions(),
    traversals: await traversals(model, codes, options),
    interpolations: await interpolations(model, originals, given, options),
    ...(under && { byCondition: under }),
    ...(model.latent > 1 ? { map: await mapOf(codes, heldOut) } : {}),
    ...(model.latent === 2 && medium.kind === 'image' ? { manifold: await manifold(model, options) } : {}),
  }
}

const positions = (): number[] =>
  Array.from({ length: STEPS }, (_, i) => Number((REACH * ((2 * i) / (STEPS - 1) - 1)).toPrecision(6)))

function mediumOf({ rows, dtype, columns, table }: HeldOut): Medium {
  const { data, shape } = rows
  if (shape.length === 4) return { kind: 'image', range: intensityRange(dtype, data) }
  const features = shape[1]
  const names = table
    ? slotNames(table)
    : (columns ?? Array.from({ length: features }, (_, i) => `column ${i + 1}`))
  const masks = new Set(table ? tableLayout(table).columns.map(({ mask }) => mask) : [])
  const slots = names
    .flatMap((_, slot) => (masks.has(slot) ? [] : [slot]))
    .slice(0, table ? MOST_SLOTS : features)
  const ranges = slots.map(
    (slot): Range => rangeOf(Array.from({ length: shape[0] }, (_row, row) => data[row * features + slot])),
  )
  return {
    kind: 'table',
    slots,
    columns: slots.map((slot) => names[slot]),
    ranges,
    reference: takeRows(rows, spreadRows(shape[0], SHOWN.table.samples)),
  }
}

/** One example of each class in turn, so that a few show the variety of all; without labels the first ones. */
export function pickExamples(total: number, count: number, labels?: ArrayLike<number>): number[] {
  const all = Array.from({ length: total }, (_, i) => i)
  if (!labels) return all.slice(0, count)
  const seen = new Map<number, number>()
  const turn = all.map((row) => {
    const before = seen.get(labels[row]) ?? 0
    seen.set(labels[row], before + 1)
    return before
  })
  return all.sort((a, b) => turn[a] - turn[b] || labels[a] - labels[b]).slice(0, count)
}

const codesOf = (means: NDArray, units: readonly Unit[]): Codes => ({
  means,
  center: columnMeans(means.data, means.shape[1]),
  active: units.filter(({ isActive }) => isActive),
})

/** Dimensions around the origin where that is the prior's; else around the mean code, in its standard deviations. */
async function traversals(
  model: Model,
  { active, center }: Codes,
  options: CallOptions,
): Promise<Traversal[]> {
  const all: Traversal[] = []
  for (const { dimension, kl, variance } of active) {
    const deviation = Math.sqrt(variance)
    const rows =
      kl === undefined
        ? await model.traverse(
            dimension,
            positions().map((position) => center[dimension] + position * deviation),
            { ...options, base: center },
          )
        : await model.traverse(dimension, positions(), options)
    all.push({ dimension, deviation, rows, ...(kl === undefined ? {} : { kl }) })
  }
  return all
}

/** Straight lines in code space: each begins where the one before ended. */
async function interpolations(
  model: Model,
  examples: NDArray,
  given: NDArray | undefined,
  options: CallOptions,
): Promise<NDArray[]> {
  const lines: NDArray[] = []
  for (let i = 0; i + 1 < examples.shape[0] && lines.length < LINES; i++)
    lines.push(
      await model.interpolate(takeRows(examples, [i]), takeRows(examples, [i + 1]), STEPS, {
        ...options,
        condition: given && takeRows(given, [i, i + 1]),
      }),
    )
  return lines
}

/** Where some of the examples lie in the plane in which codes vary most. */
function mapOf({ means }: Codes, { labels, labeled = 'class' }: HeldOut): Promise<LatentMap> {
  const rows = spreadRows(means.shape[0], MOST_MAPPED)
  const coloring = labels && { name: labeled, values: [...rows].map((row) => labels[row]) }
  return latentMap(takeRows(means, rows), coloring ? { coloring } : {})
}
