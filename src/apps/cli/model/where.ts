import type { Given } from '../../../inside.node.ts'
import { type OptionSpec, refuseValue } from '../options.ts'

/** Values of a condition, as `label=3,age=40`; in quotes where a value holds a comma. */
export const whereOption = (what: string): OptionSpec<Given> => ({
  argument: '<name=value>',
  description: `${what}, of a model with a condition, such as label=3 or age=40,sex=f`,
  read(text, flag) {
    const parts = text.match(/(?:"[^"]*"|[^,"])+/g) ?? []
    const read = parts.map((part) => /^\s*([^=]+?)\s*=\s*(.*?)\s*$/s.exec(part))
    if (read.length === 0 || read.includes(null))
      return refuseValue(flag, text, 'names with values', 'label=3')
    return Object.fromEntries(
      read.map((part) => [part?.[1] ?? '', (part?.[2] ?? '').replace(/^"(.*)"$/s, '$1')]),
    )
  },
})
