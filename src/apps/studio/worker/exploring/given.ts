/** What a conditional model is given, as people read and write it. */
import {
  askedConditions,
  conditionValue,
  type Given,
  modelParts,
  type NDArray,
  placedColumns,
} from '../../../../inside.ts'
import type { GivenValues } from '../../protocol.ts'
import type { Explorer } from './explorer.ts'

/** What an example is given, or what is most usual, by name; nothing of a model without a condition. */
export async function givenOf(explorer: Explorer, example?: number): Promise<GivenValues> {
  const { condition } = explorer.model
  if (!condition) return {}
  const own = example === undefined ? undefined : (await explorer.rows([example])).condition
  const parts = modelParts(explorer.explored.trained)
  const rows = own ?? (askedConditions(parts, { where: {} }, 1) as NDArray)
  const { given } = explorer.explored.trained.recipe.data
  if (given) {
    const { conditionCells } = await import('../../../../inside.tables.ts')
    const [cells] = conditionCells(given, condition)(rows as NDArray<Float32Array>, 0)
    return Object.fromEntries(condition.map(({ name }, at) => [name, cells[at]]))
  }
  return Object.fromEntries(
    placedColumns(condition).map(({ column, at, width }) => [
      column.name,
      conditionValue(column, Array.from(rows.data.subarray(at, at + width))),
    ]),
  )
}

/** What a person asks for as the model takes it. */
export async function askedOf(explorer: Explorer, asked: Given): Promise<Given> {
  const { condition } = explorer.model
  const { given } = explorer.explored.trained.recipe.data
  if (!condition || !given) return asked
  const { givenCells } = await import('../../../../inside.tables.ts')
  return givenCells(given, condition, asked)
}
