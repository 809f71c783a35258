import { type Conversion, format, type NamedWeight } from '../../../inside.node.ts'
import { type OptionSpec, refuseValue } from '../options.ts'
import { aligned } from '../terminal/table.ts'
import type { Style } from '../terminal/terminal.ts'
import { type Sizes, sizesText } from './text.ts'

/** A weight of another convention; which conventions there are depends on the likelihood. */
export const conversion: OptionSpec<NamedWeight> = {
  argument: '<name=weight>',
  description: 'say what β a weight of another convention is, and every other name of it',
  read(text, flag) {
    const [, name, number] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    const value = number === undefined || number.trim() === '' ? Number.NaN : Number(number)
    return Number.isFinite(value) && value >= 0
      ? { name, value }
      : refuseValue(flag, text, 'a convention and a weight of at least 0', 'mean-squares=0.00025')
  },
}

/** What a weight of another convention comes to, and every name of it. */
export function conversionLines(
  { from, beta, option, conventions }: Conversion,
  sizes: Sizes,
  { bold, dim }: Style,
  width: number,
): string[] {
  const rows = conventions.map(({ name, value, formula }) => [`  ${name}`, format.short(value), formula])
  return [
    `${from.name} = ${from.value} is β = ${format.short(beta)}: ${bold(option)}`,
    dim(`where the loss of each is, up to a factor, with ${sizesText(sizes)}`),
    '',
    ...aligned(rows, 'krw', width),
  ]
}
