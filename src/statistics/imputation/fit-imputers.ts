import { findGaps, type GapShape, type GapTable, newGaps } from './gap-table.ts'
import { asChances, type FillRow, type Imputer } from './imputer.ts'
import { IMPUTERS, jointGaussian } from './index.ts'

/** What imputers learned, by their names, as it is kept. */
export type Learned = Readonly<Record<string, Float32Array>>

/** Fits imputers to a table; those that have nothing to say of it are left out. */
export function fitImputers(table: GapTable, seed: number, imputers: readonly Imputer[] = IMPUTERS): Learned {
  const nothing = new Float64Array(0)
  // All are fitted from what is kept of the first, so that they see the same again when a model is opened.
  const gaussian = jointGaussian.fit(table, { seed, first: nothing })
  if (gaussian === undefined) return fittedTo(imputers, table, seed, knownTargets(table))
  const first = filledTargets(table, jointGaussian.open(gaussian, table))
  const others = imputers.filter((imputer) => imputer !== jointGaussian)
  return { [jointGaussian.name]: gaussian, ...fittedTo(others, table, seed, first) }
}

const knownTargets = ({ targets }: GapTable): Float64Array => targets.slice()

const fittedTo = (
  imputers: readonly Imputer[],
  table: GapTable,
  seed: number,
  first: Float64Array,
): Learned =>
  Object.fromEntries(
    imputers.flatMap((imputer) => {
      const learned = imputer.fit(table, { seed, first })
      return learned === undefined ? [] : [[imputer.name, learned] as const]
    }),
  )

/** All targets of a table, its gaps filled. */
function filledTargets(table: GapTable, fill: FillRow): Float64Array {
  const { width, count } = table
  const filled = table.targets.slice()
  const gaps = newGaps(width)
  for (let row = 0; row < count; row++) {
    if (findGaps(table, row, gaps).count === 0) continue
    const own = filled.subarray(row * width, (row + 1) * width)
    fill(table, row, gaps, own)
    asChances(table, row, own)
  }
  return filled
}

/** What one of several imputers says of a row's gaps: puts targets into `out` [width]. */
export interface OpenedImputer {
  readonly name: string
  readonly fill: FillRow
}

/** Opens what was learned, the joint Gaussian first. */
export function openImputers(learned: Learned, shape: GapShape): OpenedImputer[] {
  const known = IMPUTERS.filter(({ name }) => learned[name])
  return known.map((imputer) => ({ name: imputer.name, fill: imputer.open(learned[imputer.name], shape) }))
}

/** Fills a row's gaps by each imputer in turn: `visit` gets targets [width], which it may not keep. */
export function rowFiller(
  opened: readonly OpenedImputer[],
  { width }: GapShape,
): (table: GapTable, row: number, visit: (targets: Float64Array, place: number) => void) => void {
  const gaps = newGaps(width)
  const first = new Float64Array(width)
  const own = new Float64Array(width)
  const gaussian = opened.find(({ name }) => name === jointGaussian.name)
  return (table, row, visit) => {
    findGaps(table, row, gaps)
    first.set(table.targets.subarray(row * width, (row + 1) * width))
    gaussian?.fill(table, row, gaps, first)
    asChances(table, row, first)
    for (const [place, imputer] of opened.entries()) {
      own.set(first)
      if (imputer !== gaussian) {
        imputer.fill(table, row, gaps, own)
        asChances(table, row, own)
      }
      visit(own, place)
    }
  }
}
