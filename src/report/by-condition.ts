import { type NDArray, takeRows } from '../base/arrays.ts'
import { type Condition, conditionValue, type PlacedColumn, placedColumns } from '../data/condition.ts'
import type { CallOptions, Model } from '../infer/model.ts'

/** What a model makes under each level of something that it is given, in the data's own units. */
export interface ByCondition {
  readonly name: string
  readonly levels: readonly (string | number | boolean)[]
  /** Levels that are left out. */
  readonly left: number
  /** Draws of each level, those of one next to each other [levels · draws, …]. */
  readonly samples: NDArray
  readonly draws: number
  /** Examples, each with the level that it has itself, and under every level [levels, …]. */
  readonly changed: readonly {
    readonly original: NDArray
    readonly own: string
    readonly rows: NDArray
  }[]
}

/** Levels that are shown, draws of each, and examples that are shown under each. */
const LEVELS = 12
const DRAWS = 10
const EXAMPLES = 6

type Leveled = Extract<Condition[number], { levels: unknown }>

/** The same of the first column of a condition that has levels; undefined where there is none. */
export async function byCondition(
  model: Model,
  examples: NDArray,
  given: NDArray | undefined,
  options: CallOptions,
): Promise<ByCondition | undefined> {
  const column = model.condition?.find((own): own is Leveled => 'levels' in own)
  if (!column || !given) return undefined
  const { name } = column
  const levels = column.levels.slice(0, LEVELS)
  const each = levels.flatMap((level) => new Array<typeof level>(DRAWS).fill(level))
  const changed: ByCondition['changed'][number][] = []
  for (let i = 0; i < Math.min(EXAMPLES, examples.shape[0]); i++) {
    const again = levels.map(() => i)
    const rows = await model.reconstruct(takeRows(examples, again), {
      ...options,
      condition: takeRows(given, again),
      where: { [name]: levels },
    })
    changed.push({ original: takeRows(examples, [i]), own: levelIn(model, column, given, i), rows })
  }
  return {
    ...{ name, levels, left: column.levels.length - levels.length, draws: DRAWS, changed },
    samples: await model.sample(each.length, { ...options, where: { [name]: each } }),
  }
}

/** The level that a row has of a column. */
function levelIn({ condition = [] }: Model, column: Leveled, { data, shape }: NDArray, row: number): string {
  const { at, width } = placedColumns(condition).find((own) => own.column === column) as PlacedColumn
  const from = row * shape[1] + at
  return String(conditionValue(column, Array.from(data.subarray(from, from + width))) ?? 'not known')
}
