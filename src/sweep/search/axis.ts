/** What a search goes over: options of a training, and the values that each may have, as texts of a command line. */
import { fail } from '../../base/errors.ts'
import { fillBits, streamOf } from '../../base/random.ts'

/** Values by name. */
interface Choices {
  readonly name: string
  readonly values: readonly string[]
}

/** Numbers between two ends. */
interface Span {
  readonly name: string
  readonly low: number
  readonly high: number
  /** Whether equal steps are equal factors. */
  readonly isLog: boolean
  /** Points of a grid. */
  readonly count: number
}

export type Axis = Choices | Span

/** Values of options, by name. */
export type Settings = Readonly<Record<string, string>>

const COUNT = 3
const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?'
const SPAN = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})((?::[a-z0-9]+)*)$`, 'i')

/**
 * Reads `latent=4,8,16`, `hidden=256|512,256` where values hold commas, or the ends of a span: `lr=1e-4..1e-2:log`, and
 * with the number of its points in a grid `lr=1e-4..1e-2:log:5`. Error (usage): `search/over`.
 */
export function readAxis(text: string): Axis {
  const [, name, rest] = /^([a-z][a-z0-9-]*)=(.+)$/i.exec(text) ?? []
  if (name === undefined) return refuseAxis(text, 'an option and its values')
  const [, low, high, more] = SPAN.exec(rest) ?? []
  if (low === undefined) return choices(text, name, rest)
  const words = more.split(':').slice(1)
  const counts = words.filter((word) => /^\d+$/.test(word))
  const isLog = words.includes('log')
  const count = counts.length === 0 ? COUNT : Number(counts[0])
  const isKnown = words.length === counts.length + Number(isLog) && counts.length < 2 && count >= 2
  if (!isKnown) return refuseAxis(text, 'after the ends of a span log, how many points a grid has, or both')
  const ends = { low: Number(low), high: Number(high) }
  if (!(ends.low < ends.high)) return refuseAxis(text, 'a span from less to more')
  if (isLog && ends.low <= 0) return refuseAxis(text, 'a logarithmic span above 0')
  return { name, ...ends, isLog, count }
}

function choices(text: string, name: string, rest: string): Axis {
  const values = rest.split(rest.includes('|') ? '|' : ',').map((value) => value.trim())
  if (values.includes('') || new Set(values).size < values.length)
    return refuseAxis(text, 'values, each once')
  return { name, values }
}

function refuseAxis(text: string, wanted: string): never {
  return fail({
    code: 'search/over',
    seen: `--over ${text}`,
    wanted,
    fix: 'write for example --over latent=4,8,16 or --over lr=1e-4..1e-2:log',
    usage: true,
  })
}

/** A number with the digits that a person would give it. */
const written = (value: number, isWhole: boolean): string =>
  String(isWhole ? Math.round(value) : Number(value.toPrecision(3)))

/** A place between the ends of a span, which itself is no less than 0 and no more than 1. */
const within = ({ low, high, isLog }: Span, share: number): number =>
  isLog ? low * (high / low) ** share : low + (high - low) * share

type IsWhole = (name: string) => boolean

function pointsOf(axis: Axis, isWhole: IsWhole): readonly string[] {
  if ('values' in axis) return axis.values
  const { name, count } = axis
  const points = Array.from({ length: count }, (_, at) =>
    written(within(axis, at / (count - 1)), isWhole(name)),
  )
  return [...new Set(points)]
}

/** Every combination, the last option's values changing soonest. */
export const gridOf = (axes: readonly Axis[], isWhole: IsWhole): Settings[] =>
  axes.reduce<Settings[]>(
    (all, axis) =>
      all.flatMap((settings) =>
        pointsOf(axis, isWhole).map((value) => ({ ...settings, [axis.name]: value })),
      ),
    [{}],
  )

const STREAM = streamOf('search')
/** Draws in a row that come to what is there already, until there is taken to be no more. */
const TIRED = 200

/** So many combinations at random, none twice; fewer where there are no more. The same seed gives the same ones. */
export function randomOf(
  axes: readonly Axis[],
  { count, seed, isWhole }: { readonly count: number; readonly seed: number; readonly isWhole: IsWhole },
): Settings[] {
  const found = new Map<string, Settings>()
  for (let step = 0, tries = 0; found.size < count && tries < TIRED; step++) {
    const words = fillBits(new Uint32Array(axes.length), { seed, stream: STREAM, step })
    const settings = Object.fromEntries(
      axes.map((axis, at) => [axis.name, drawn(axis, words[at] / 2 ** 32, isWhole)]),
    )
    const key = JSON.stringify(settings)
    tries = found.has(key) ? tries + 1 : 0
    found.set(key, settings)
  }
  return [...found.values()]
}

/** `share` is at least 0 and less than 1. */
const drawn = (axis: Axis, share: number, isWhole: IsWhole): string =>
  'values' in axis
    ? axis.values[Math.floor(share * axis.values.length)]
    : written(within(axis, share), isWhole(axis.name))

/** The name of a member's folder. */
export const nameOf = (settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}-${value.replace(/[^\w.+-]+/g, '_')}`)
    .join('-')
    .slice(0, 120)
