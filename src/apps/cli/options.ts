import { BetavaeError, type Part } from '../../inside.node.ts'

/** One option: how it is shown, and how its text becomes a value. */
export interface OptionSpec<Value = unknown> {
  /** Shown after the option, such as `<n>`; a switch has none. */
  readonly argument?: string
  readonly description: string
  readonly group?: string
  readonly fallback?: Value
  /** May be given more than once; its value is then a list. */
  readonly repeats?: boolean
  /** What its value may be, where that is one of some names. */
  readonly names?: readonly string[]
  /** Shown by `--help all` alone: few people need it. */
  readonly isSeldom?: boolean
  /** How it reads where parts were brought that it may name; absent where they change nothing. */
  among?(parts: readonly Part[]): Omit<OptionSpec<Value>, 'among'>
  /** Throws `cli/option-value` for text that it cannot take. */
  read(text: string, flag: string): Value
}

/** Options by their names without dashes. */
export type OptionTable = Readonly<Record<string, OptionSpec>>

/** What was given, by option; a fallback stands in where nothing was. */
export type Values<Table extends OptionTable> = {
  readonly [Flag in keyof Table]: Table[Flag] extends { readonly fallback: infer Value }
    ? Value
    : Table[Flag] extends { readonly repeats: true }
      ? readonly ReturnType<Table[Flag]['read']>[] | undefined
      : ReturnType<Table[Flag]['read']> | undefined
}

export function refuseValue(flag: string, text: string, wanted: string, example: string): never {
  throw new BetavaeError({
    code: 'cli/option-value',
    seen: `--${flag} ${text === '' ? '""' : text}`,
    wanted,
    fix: `write for example --${flag} ${example}`,
    usage: true,
  })
}

export function refuseArgument(name: string, given: string, names: readonly string[]): never {
  throw new BetavaeError({
    code: 'cli/argument',
    seen: `<${name}> ${given}`,
    wanted: names.join(', '),
    fix: `write ${names[0]}`,
    usage: true,
  })
}

export const toggle = (description: string): OptionSpec<boolean> & { readonly fallback: boolean } => ({
  description,
  fallback: false,
  read: () => true,
})

export const text = (argument: string, description: string): OptionSpec<string> => ({
  argument,
  description,
  read: (given) => given,
})

/** The same option with a value for those who do not give one. */
export const withFallback = <Value>(
  option: OptionSpec<Value>,
  fallback: Value,
): OptionSpec<Value> & { readonly fallback: Value } => ({ ...option, fallback })

/** Bounds of a number, as JSON Schema writes them. */
export interface Bounds {
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
}

const inBounds = (value: number, { minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Bounds): boolean =>
  value >= (minimum ?? Number.NEGATIVE_INFINITY) &&
  value > (exclusiveMinimum ?? Number.NEGATIVE_INFINITY) &&
  value <= (maximum ?? Number.POSITIVE_INFINITY) &&
  value < (exclusiveMaximum ?? Number.POSITIVE_INFINITY)

function boundsText({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Bounds): string {
  const words = [
    minimum === undefined ? '' : `of at least ${minimum}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? '' : `at most ${maximum}`,
    exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`,
  ]
  return words.filter((word) => word !== '').join(' and ')
}

interface NumberShape extends Bounds {
  readonly whole?: boolean
  readonly example: string
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))

/** Reads a number within bounds. */
export function readNumber(text: string, flag: string, { whole, example, ...bounds }: NumberShape): number {
  const value = numberOf(text)
  const fits = whole ? Number.isSafeInteger(value) : Number.isFinite(value)
  if (fits && inBounds(value, bounds)) return value
  const kind = whole ? 'a whole number' : 'a number'
  return refuseValue(flag, text, `${kind} ${boundsText(bounds)}`.trim(), example)
}

export const number = (argument: string, description: string, shape: NumberShape): OptionSpec<number> => ({
  argument,
  description,
  read: (given, flag) => readNumber(given, flag, shape),
})

/** Whole numbers from `minimum` up. */
export const wholeNumber = (description: string, minimum: number, example: number): OptionSpec<number> =>
  number('<n>', description, { whole: true, minimum, example: String(example) })

export const oneOf = <const Name extends string>(
  argument: string,
  description: string,
  names: readonly Name[],
): OptionSpec<Name> => ({
  argument,
  description: `${description}: ${names.join(', ')}`,
  names,
  read: (given, flag) =>
    names.find((name) => name === given) ?? refuseValue(flag, given, names.join(', '), names[0]),
})

const listOf = (
  shape: Pick<OptionSpec, 'argument' | 'description'> & { readonly wanted: string; readonly example: string },
  fits: (value: number) => boolean,
): OptionSpec<number[]> => ({
  argument: shape.argument,
  description: shape.description,
  read: (given, flag) =>
    given.split(',').map((part) => {
      const value = numberOf(part)
      return fits(value)
        ? value
        : refuseValue(flag, given, `${shape.wanted}, separated by commas`, shape.example)
    }),
})

/** Whole numbers separated by commas. */
export const wholeList = (description: string, minimum: number, example: string): OptionSpec<number[]> =>
  listOf(
    { argument: '<n,…>', description, wanted: `whole numbers of at least ${minimum}`, example },
    (value) => Number.isSafeInteger(value) && value >= minimum,
  )

/** Numbers separated by commas. */
export const numberList = (description: string, minimum: number, example: string): OptionSpec<number[]> =>
  listOf(
    { argument: '<x,…>', description, wanted: `numbers of at least ${minimum}`, example },
    (value) => Number.isFinite(value) && value >= minimum,
  )

/** Every command that answers with one JSON document has it. */
export const json = toggle('print one JSON document')
