import type { TableLayout } from '../../data/tables/layout.ts'
import type { Feeds } from '../../engine/engine.ts'
import { isolationIn } from '../../statistics/anomaly/kept/forest.ts'
import { distanceFromMiddle } from '../../statistics/anomaly/kept/middle.ts'
import { distanceToPrototypes } from '../../statistics/anomaly/kept/prototypes.ts'
import { RARITY_NUMBERS, rarityIn } from '../../statistics/anomaly/kept/rarity.ts'
import { inGaussian } from '../../statistics/anomaly/kept/robust-gaussian.ts'
import { type CellEvidence, cellEvidence } from './cell-evidence.ts'
import { DETECTING, FINDERS, type FoundBy } from './detecting.ts'
import { detectorView, viewRow } from './detector-view.ts'

/** How much it counts what a cell costs alone. */
export const ALONE_WEIGHT = 1.75

/**
 * −ELBO and, weighed, what cells cost alone [rows]: a model that was trained with strange rows in its data reconstructs
 * some of them; that each of their cells is rare still shows.
 */
export function cellNats({ kl, reconstruction, alone }: Omit<ModelNats, 'cells'>): Float64Array {
  const columns = alone.length / Math.max(kl.length, 1)
  const nats = new Float64Array(kl.length)
  for (let row = 0, at = 0; row < kl.length; row++) {
    let sum = kl[row] + reconstruction[row]
    for (const end = at + columns; at < end; at++) sum += ALONE_WEIGHT * alone[at]
    nats[row] = sum
  }
  return nats
}

/** What a model says of rows: nats [rows], and of each cell [rows × columns]. */
export interface ModelNats {
  readonly kl: Float64Array
  readonly reconstruction: Float64Array
  readonly cells: Float64Array
  readonly alone: Float64Array
}

/** Detectors that a model keeps beside it. */
export interface Detectors {
  /** What each of them measures of the encoded rows [n × finders]: the greater, the stranger. */
  measure(rows: Float32Array, nats: ModelNats): Float64Array
  /** What speaks against each cell, and what stands in its place given the others. */
  readonly evidence?: CellEvidence
}

/** Opens what `fitDetectors` kept, or its part before the rarities are known; undefined where a model keeps none. */
export function openDetectors(values: Feeds, layout: TableLayout): Detectors | undefined {
  const natsScale = values[DETECTING.natsScale]
  if (!natsScale) return undefined
  const numbers = (name: string) => Float32Array.from(values[name].data)
  const natsGaussian = inGaussian({
    mean: numbers(DETECTING.natsMean),
    factor: numbers(DETECTING.natsFactor),
  })
  const ofNats = natsReader(layout, Float32Array.from(natsScale.data))
  const ofCells = values[DETECTING.scale] ? cellDetectors(values, layout) : undefined
  const columns = layout.columns.length
  const own = { out: new Float64Array(2 * columns), known: new Uint8Array(2 * columns) }
  return {
    evidence: ofCells?.evidence,
    measure(rows, nats) {
      const count = rows.length / layout.width
      const out = new Float64Array(count * FINDERS.length)
      const weighed = cellNats(nats)
      for (let row = 0, at = 0; row < count; row++, at += FINDERS.length) {
        ofNats(rows, row, nats, own)
        natsGaussian.fill(own.out, own.known)
        out[at] = weighed[row]
        out[at + 1] = nats.kl[row] + nats.reconstruction[row]
        out[at + 2] = nats.kl[row]
        out[at + 3] = natsGaussian.distance(own.out) + gapsIn(own.known)
        ofCells?.measure(rows, row * layout.width, out, at + 4)
      }
      return out
    },
  }
}

/** A gap's expected part of a squared distance is 1, as that of any number. */
function gapsIn(known: Uint8Array): number {
  let gaps = 0
  for (let at = 0; at < known.length; at++) gaps += 1 - known[at]
  return gaps
}

/** Puts the standardized nats of a row's cells into a row, alone in their columns first. */
export function natsReader({ columns, width }: TableLayout, scale: Float32Array) {
  const count = columns.length
  return (
    rows: Float32Array,
    row: number,
    { cells, alone }: Pick<ModelNats, 'cells' | 'alone'>,
    { out, known }: { readonly out: Float64Array; readonly known: Uint8Array },
  ): void => {
    for (let column = 0, at = row * count; column < count; column++, at++) {
      const isKnown = rows[row * width + columns[column].mask] === 1
      const beside = column + count
      known[column] = known[beside] = isKnown ? 1 : 0
      out[column] = isKnown ? (alone[at] - scale[column]) / scale[2 * count + column] : 0
      out[beside] = isKnown ? (cells[at] - scale[beside]) / scale[2 * count + beside] : 0
    }
  }
}

/** Those that look at a row's numbers themselves. */
function cellDetectors(values: Feeds, layout: TableLayout) {
  const view = detectorView(layout)
  const numbers = (name: string) => Float32Array.from(values[name].data)
  const scale = numbers(DETECTING.scale)
  const gaussian = inGaussian({ mean: numbers(DETECTING.mean), factor: numbers(DETECTING.factor) })
  const distance = distanceToPrototypes(numbers(DETECTING.prototypes), view.width)
  const isolation = isolationIn({ nodes: numbers(DETECTING.forest), roots: numbers(DETECTING.roots) })
  const fromMiddle = distanceFromMiddle(numbers(DETECTING.middle))
  const own = { out: new Float64Array(view.width), known: new Uint8Array(view.width) }
  return {
    measure(rows: Float32Array, from: number, out: Float64Array, at: number) {
      viewRow(view, scale, rows, from, own)
      gaussian.fill(own.out, own.known)
      out[at] = gaussian.distance(own.out) + gapsIn(own.known)
      out[at + 1] = distance(own.out)
      out[at + 2] = isolation(own.out)
      out[at + 3] = fromMiddle(own.out)
    },
    evidence: cellEvidence(view, scale, gaussian),
  }
}

/** Of each row the measures' rarity as one number, and which of them is rarest. */
export interface Combined {
  readonly score: Float64Array
  readonly found: Uint8Array
}

/**
 * Power of the mean that makes one number of the rarities: near the greatest of them, but two that agree count more.
 * Measured in ARCHITECTURE.md.
 */
export const POWER = 4

/** Those that count more than the others where rows are few. */
const SURE: ReadonlySet<string> = new Set<FoundBy>([
  'rare cells',
  'isolation by random cuts',
  'far from the middle',
  'dependence between columns',
])
/** What these weigh together where rows are many and where they are few, by rows for each column. */
const MANY = { rows: 60, weight: 0.5 }
const FEW = { rows: 10, weight: 0.8 }

/**
 * How much each finder counts in a table of so many rows a column: what few rows tell counts more, the fewer there are.
 * Chosen on sets that are not of the ODDS collection, as ARCHITECTURE.md tells.
 */
export function weightsFor(rowsPerColumn: number): Float32Array {
  const share = Math.log(Math.max(rowsPerColumn, 1e-9) / FEW.rows) / Math.log(MANY.rows / FEW.rows)
  const sure = FEW.weight + (MANY.weight - FEW.weight) * Math.min(1, Math.max(0, share))
  return Float32Array.from(FINDERS, (finder) =>
    SURE.has(finder) ? sure / SURE.size : (1 - sure) / (FINDERS.length - SURE.size),
  )
}

/** Combines measures [n × finders]: (mean of rarityᵖ)^(1/p), rarities as −log of the share of training rows that reach them. */
export function combiner(
  rarity: Feeds[string],
  { data: weights }: Feeds[string],
): (measures: Float64Array) => Combined {
  const kept = Float32Array.from(rarity.data)
  const rarities = FINDERS.map((_, at) =>
    rarityIn(kept.subarray(at * RARITY_NUMBERS, (at + 1) * RARITY_NUMBERS)),
  )
  return (measures) => {
    const count = measures.length / FINDERS.length
    const score = new Float64Array(count)
    const found = new Uint8Array(count)
    for (let row = 0, at = 0; row < count; row++) {
      let [sum, most] = [0, -1]
      for (let finder = 0; finder < FINDERS.length; finder++, at++) {
        const nats = rarities[finder](measures[at])
        sum += weights[finder] * nats ** POWER
        if (nats > most) [most, found[row]] = [nats, finder]
      }
      score[row] = sum ** (1 / POWER)
    }
    return { score, found }
  }
}
