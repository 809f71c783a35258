/** What the members of a search are ordered by. */
import { fail } from '../../base/errors.ts'
import type { Evaluation } from '../../evaluate/evaluation.ts'

/** Numbers of a member's evaluation, by name. */
export type Measures = Readonly<Record<string, number>>

/** Every number that an evaluation holds: `kl`, `klSplit.totalCorrelation`, and of metrics their scores under their names. */
export function measuresOf({ metrics, nll, ...evaluation }: Evaluation): Measures {
  const { kl, reconstruction } = evaluation
  return {
    ...numbersIn(evaluation, ''),
    ...(kl === null ? {} : { rate: kl }),
    distortion: reconstruction,
    ...(nll ? { nll: nll.estimate } : {}),
    ...Object.fromEntries(Object.entries(metrics ?? {}).map(([name, { score }]) => [name, score])),
  }
}

function numbersIn(value: object, path: string): Record<string, number> {
  const found: Record<string, number> = {}
  for (const [key, own] of Object.entries(value)) {
    // JSON, in which they are kept, has no word for others.
    if (Number.isFinite(own)) found[path + key] = own as number
    else if (typeof own === 'object' && own !== null && !Array.isArray(own) && !ArrayBuffer.isView(own))
      Object.assign(found, numbersIn(own, `${path}${key}.`))
  }
  return found
}

/** An order of members. */
export interface Best {
  /** As it was asked for. */
  readonly text: string
  /** The number that is shown of each member. */
  readonly shown: string
  /** By what a member is better where it is smaller, the first number first. */
  key(measures: Measures): readonly number[]
}

/** Better where they are smaller. */
const LEAST = ['loss', 'reconstruction', 'distortion', 'kl', 'rate', 'bitsPerDimension', 'nll']
const DRAWN = /^(rate|distortion)@(rate|distortion)=(.+)$/

/**
 * Reads `elbo`, `rate@distortion=80` (of members with no more distortion the least rate; after them, the others by
 * distortion), or any number of an evaluation: those that are losses least, metrics most, others by `least:` or `most:`.
 *
 * Error (usage): `search/best`. `metrics` are names of metrics.
 */
export function readBest(text: string, metrics: readonly string[]): Best {
  const [, sought, bounded, given] = DRAWN.exec(text) ?? []
  if (sought !== undefined && sought !== bounded) {
    const bound = Number(given)
    if (!Number.isFinite(bound)) return refuseBest(text, 'a number of nats after =')
    return {
      text,
      shown: sought,
      key: ({ [sought]: value, [bounded]: other }) =>
        other <= bound ? [0, valueOr(value)] : [1, valueOr(other)],
    }
  }
  const [, way, name] = /^(?:(least|most):)?([\w.-]+)$/.exec(text) ?? []
  const isMost = name === 'elbo' || metrics.includes(name)
  if (name === undefined || (way === undefined && !isMost && !LEAST.includes(name)))
    return refuseBest(
      text,
      `elbo, rate@distortion=…, ${LEAST.join(', ')}, ${metrics.join(', ')}, or least: or most: before another number of an evaluation`,
    )
  const sign = (way ?? (isMost ? 'most' : 'least')) === 'most' ? -1 : 1
  return { text, shown: name, key: ({ [name]: value }) => [valueOr(sign * value)] }
}

/** What is no number comes last. */
const valueOr = (value: number): number => (Number.isFinite(value) ? value : Number.POSITIVE_INFINITY)

const refuseBest = (text: string, wanted: string): never =>
  fail({
    code: 'search/best',
    seen: `--best ${text}`,
    wanted,
    fix: 'write for example --best elbo, or --best rate@distortion=80',
    usage: true,
  })

/** Orders keys, the best first. */
export function compareKeys(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, place) => value !== b[place])
  return at < 0 ? 0 : a[at] < b[at] ? -1 : 1
}
