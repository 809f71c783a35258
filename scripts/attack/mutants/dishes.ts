import type { Dish } from './dish.ts'
import { otherDishes } from './other-dishes.ts'
import { tableDishes } from './table-dishes.ts'

export const dishes: readonly Dish[] = [...tableDishes, ...otherDishes]
