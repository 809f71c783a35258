import { type Given, givenIn } from '../../../inside.node.ts'
import { type OptionSpec, refuseValue } from '../options.ts'

/** Values of a condition, as `label=3,age=40`; in quotes where a value holds a comma. */
export const whereOption = (what: string): OptionSpec<Given> => ({
  argument: '<name=value>',
  description: `${what}, of a model with a condition, such as label=3 or age=40,sex=f`,
  read: (text, flag) => givenIn(text) ?? refuseValue(flag, text, 'names with values', 'label=3'),
})
