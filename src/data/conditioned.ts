/** What data know of their rows, as a condition that a model is given. */
import { fail } from '../base/errors.ts'
import {
  type Condition,
  type ConditionColumn,
  conditionWidth,
  MOST_CONDITION_LEVELS,
  onceWide,
  placedColumns,
  writeCondition,
} from './condition.ts'
import type { Dataset, KnownColumn } from './dataset.ts'
import { levelFinder } from './tables/levels.ts'

/** The name of the class, as a condition. */
const LABEL = 'label'

/** Rows whose values are looked at together. */
const CHUNK = 65_536

/** What is known of the rows of a data set, by name: columns that were opened for it, the class, the factors. */
function knownOf({ known, labels, classes, factors, table }: Dataset, name: string): KnownColumn | undefined {
  if (known?.[name]) return known[name]
  const factor = factors?.names.indexOf(name) ?? -1
  if (factors && factor >= 0)
    return {
      levels: Array.from({ length: factors.levels[factor] }, (_, level) => level),
      read: (indices) => everyNth(factors.read(indices), factors.names.length, factor),
    }
  // A table's class is one of its columns, which new rows have by its own name.
  return labels && !table && name === LABEL ? ofLabels(labels, classes) : undefined
}

const everyNth = (values: Int32Array, width: number, first: number): Float64Array =>
  Float64Array.from({ length: values.length / width }, (_, row) => values[row * width + first])

function ofLabels(labels: Int32Array, classes: readonly string[] | undefined): KnownColumn {
  const levels = classes ?? [...new Set(labels)].sort((a, b) => a - b)
  const places = new Map(levels.map((level, place) => [classes ? place : level, place]))
  return {
    levels,
    read: (indices) => Float64Array.from(indices, (index) => places.get(labels[index]) ?? Number.NaN),
  }
}

const namesIn = ({ known, labels, factors, table }: Dataset): string[] => [
  ...Object.keys(known ?? {}),
  ...(factors?.names ?? []),
  ...(labels && !table ? [LABEL] : []),
]

function refuseDataset(dataset: Dataset, seen: string): never {
  const names = [...new Set(namesIn(dataset))]
  const wanted = names.length > 0 ? `one of ${names.join(', ')}` : 'data with classes or factors'
  const fix = names.length > 0 ? 'name one of these' : 'leave --condition out'
  return fail({
    code: 'data/condition',
    seen,
    ...(dataset.table
      ? { wanted: 'columns of the table', fix: 'name columns as the table does' }
      : { wanted, fix }),
    usage: true,
  })
}

const columnIn = (dataset: Dataset, name: string): KnownColumn =>
  knownOf(dataset, name) ?? refuseDataset(dataset, `the condition "${name}" of data "${dataset.name}"`)

/**
 * What models are to be given of a data set's rows, by name; numbers are standardized by all rows.
 *
 * Error, usage: `data/condition` for what the data do not know, for fewer than two levels or values and more than 1,024
 * levels.
 */
export const conditionOf = (dataset: Dataset, names: readonly string[]): Condition =>
  [...new Set(names)].map((name) => {
    const known = columnIn(dataset, name)
    return known.levels ? leveled(dataset, name, known) : measured(dataset, name, known)
  })

function leveled(
  dataset: Dataset,
  name: string,
  { levels = [], hasGaps, times }: KnownColumn,
): ConditionColumn {
  if (levels.length < 2 || levels.length > MOST_CONDITION_LEVELS)
    refuseDataset(dataset, `the condition "${name}" of ${levels.length} different values`)
  return { name, levels: [...levels], ...(hasGaps && { gaps: true as const }), ...(times && { times }) }
}

function measured(dataset: Dataset, name: string, known: KnownColumn): ConditionColumn {
  const { count } = dataset
  const { times = 1 } = known
  let [seen, mean, squares] = [0, 0, 0]
  for (let from = 0; from < count; from += CHUNK) {
    const values = known.read(Array.from({ length: Math.min(CHUNK, count - from) }, (_, i) => from + i))
    for (const value of values) {
      if (Number.isNaN(value)) continue
      seen++
      const before = value - mean
      mean += before / seen
      squares += before * (value - mean)
    }
  }
  if (!(squares > 0)) refuseDataset(dataset, `the condition "${name}", which is the same in every row`)
  return {
    name,
    mean,
    deviation: Math.sqrt(squares / seen),
    ...((known.hasGaps || seen < count * times) && { gaps: true as const }),
    ...(known.times && { times }),
  }
}

/**
 * The data set with its rows' condition beside them, and the sets that its authors hold out likewise. A level that the
 * condition does not have counts as not known.
 *
 * Error, usage: `data/condition`.
 */
export function conditioned(dataset: Dataset, condition: Condition): Dataset {
  const width = conditionWidth(condition)
  const columns = placedColumns(condition).map(({ column, at }) => ({
    column,
    at,
    values: valuesOf(columnIn(dataset, column.name), column),
  }))
  return {
    ...dataset,
    condition: {
      read(indices) {
        const data = new Float32Array(indices.length * width)
        for (const { column, at, values } of columns) {
          const { times = 1 } = column
          const once = onceWide(column)
          values(indices).forEach((value, place) => {
            const row = Math.floor(place / times)
            writeCondition(column, value, data, row * width + at + (place % times) * once)
          })
        }
        return { data, shape: [indices.length, width] }
      },
    },
    ...(dataset.test && { test: conditioned(dataset.test, condition) }),
    ...(dataset.validation && { validation: conditioned(dataset.validation, condition) }),
  }
}

/** Values of a column that data know, as a condition's column counts them. */
function valuesOf(known: KnownColumn, column: ConditionColumn): KnownColumn['read'] {
  if (!('levels' in column) || !known.levels) return (indices) => known.read(indices)
  const find = levelFinder(column.levels)
  const places = known.levels.map((level) => find(level))
  return (indices) =>
    known.read(indices).map((value) => {
      const place = Number.isNaN(value) ? -1 : (places[value] ?? -1)
      return place < 0 ? Number.NaN : place
    })
}
