import { type Bearer, BetavaeError, parseWeight } from '../../../inside.node.ts'
import { type OptionSpec, readNumber, refuseValue } from '../options.ts'
import type { Field } from './fields.ts'

/** What a field has taken away when it may be null. */
const NONE = 'none'

type Reader = Pick<OptionSpec, 'argument' | 'names' | 'read'>

/** How text on the command line becomes the value of a recipe's field. */
export function readerFor(field: Field, example: string, bearer: Bearer): Reader {
  const { anyOf } = field
  if (anyOf) {
    const [first, ...others] = anyOf.filter(({ type }) => type !== 'null')
    const inner =
      others.length > 0 ? eitherReader(first, others, example, bearer) : readerFor(first, example, bearer)
    const isNullable = anyOf.length > others.length + 1
    return { ...inner, read: (text, flag) => (isNullable && text === NONE ? null : inner.read(text, flag)) }
  }
  const { enum: names } = field
  if (names)
    return {
      argument: '<name>',
      names,
      read: (text, flag) =>
        names.includes(text) ? text : refuseValue(flag, text, names.join(', '), names[0]),
    }
  if (Array.isArray(field.type)) return weight(example, bearer)
  const kind = readers.find(({ type }) => type === field.type)
  return kind ? kind.reader(field, example, bearer) : { argument: '<text>', read: (text) => text }
}

/** A value of one kind, or one of some names: `0.1` or `learned`. */
function eitherReader(first: Field, others: readonly Field[], example: string, bearer: Bearer): Reader {
  const names = others.flatMap(
    (field) => field.enum ?? (typeof field.const === 'string' ? [field.const] : []),
  )
  const { argument, read } = readerFor(first, example, bearer)
  return {
    argument: `${argument?.slice(0, -1)}|name>`,
    read(text, flag) {
      if (names.includes(text)) return text
      try {
        return read(text, flag)
      } catch (error) {
        if (!(error instanceof BetavaeError)) throw error
        return refuseValue(flag, text, `${error.wanted}, or one of ${names.join(', ')}`, example)
      }
    },
  }
}

/** A number, or a schedule in the grammar of every weight. */
export const weight = (example: string, bearer: Bearer) => ({
  argument: '<n|schedule>',
  read(text: string, flag: string): number | string {
    try {
      const { kind, args } = parseWeight(text, bearer)
      return kind.name === 'constant' ? args[0] : text
    } catch (error) {
      if (!(error instanceof BetavaeError)) throw error
      return refuseValue(flag, text, error.wanted, example)
    }
  },
})

const readers: readonly {
  type: string
  reader: (field: Field, example: string, bearer: Bearer) => Reader
}[] = [
  {
    type: 'integer',
    reader: (field, example) => ({
      argument: '<n>',
      read: (text, flag) => readNumber(text, flag, { ...boundsOf(field), whole: true, example }),
    }),
  },
  {
    type: 'number',
    reader: (field, example) => ({
      argument: '<x>',
      read: (text, flag) => readNumber(text, flag, { ...boundsOf(field), example }),
    }),
  },
  {
    type: 'array',
    reader: ({ items = {} }, example, bearer) => ({
      argument: items.type === 'string' ? '<name,…>' : '<n,…>',
      read(text, flag) {
        const { read } = readerFor(items, example, bearer)
        try {
          return text.split(',').map((part) => read(part, flag))
        } catch (error) {
          const wanted = error instanceof BetavaeError ? error.wanted : 'values'
          return refuseValue(flag, text, `${wanted}, or several separated by commas`, example)
        }
      },
    }),
  },
]

const boundsOf = ({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Field) => ({
  minimum,
  exclusiveMinimum,
  maximum,
  exclusiveMaximum,
})
