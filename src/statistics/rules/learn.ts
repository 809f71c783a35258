import type { RuleColumn } from './columns.ts'
import { findFollowers, findNever, findPinned } from './dependences.ts'
import { findOrders, makingOrders } from './orders.ts'
import { madeBy, type Rule } from './rule.ts'
import { findSums } from './sums.ts'

/**
 * Rules that hold in every row, in 50 and more, and that would not by chance: sums of columns, columns that another
 * decides, numbers and dates in order, levels that never meet. What a rule makes from others no other rule makes.
 */
export function learnRules(columns: readonly RuleColumn[]): Rule[] {
  const sums = findSums(columns)
  const followers = findFollowers(columns, new Set(sums.flatMap((rule) => madeBy(rule) ?? [])))
  const made = new Set([...sums, ...followers].flatMap((rule) => madeBy(rule) ?? []))
  const orders = makingOrders(findOrders(columns), columns, [...sums, ...followers])
  return [...sums, ...followers, ...findPinned(columns, made), ...orders, ...findNever(columns, made)]
}
