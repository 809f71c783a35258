import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { broughtBy, find, type NameAmong } from '../../base/parts.ts'
import type { WithParts } from '../../recipe/bring.ts'
import type { Point } from '../charts/axes.ts'
import type { PointSet } from '../charts/scatter.ts'
import { classTones, levelTones } from '../palette.ts'
import { allProjections, type HouseProjection } from '../projections/index.ts'
import type { Projected } from '../projections/projection.ts'

/** What points are colored by: the class, or the level of a factor. */
export interface Coloring {
  readonly name: string
  /** A whole number from 0 for each point. */
  readonly values: ArrayLike<number>
  /** What the values are called, where that says more. */
  readonly names?: readonly string[]
}

/** Where examples lie in a plane of the code. */
export interface LatentMap extends Projected {
  readonly coloring?: Coloring
}

/** How a map is laid out and colored. @inline */
export interface MapOptions extends WithParts {
  /** Name of a projection for codes of more than two dimensions; default: pca. */
  readonly by?: NameAmong<HouseProjection>
  readonly coloring?: Coloring
}

/**
 * A map of codes [n, latent]: the code itself where it has two dimensions, else its projection.
 *
 * Errors, all usage: `map/flat` where the code has one dimension, `map/projection`.
 *
 * @example
 * ```ts
 * import { latentMap, mapSvg } from 'betavae/pictures'
 *
 * const codes = { data: Float32Array.from({ length: 90 }, (_, i) => Math.sin(i * i)), shape: [30, 3] }
 * const map = await latentMap(codes, { by: 'pca' })
 * console.log(mapSvg(map, 'waves').length)
 * ```
 */
export async function latentMap(
  codes: NDArray,
  { by = 'pca', coloring, parts = [] }: MapOptions = {},
): Promise<LatentMap> {
  const projection = find('projection', allProjections, by, broughtBy(parts), {
    code: 'map/projection',
    seen: `a map by "${by}"`,
  })
  const [, latent] = codes.shape
  if (latent < 2)
    return fail({
      code: 'map/flat',
      seen: 'a map of a code of one dimension',
      wanted: 'a code of at least two',
      fix: 'traverse it, or write its codes with: betavae encode',
      usage: true,
    })
  const projected =
    latent === 2
      ? {
          points: { data: Float64Array.from(codes.data), shape: codes.shape },
          axes: ['z0', 'z1'] as const,
        }
      : await projection.project(codes)
  return { ...projected, ...(coloring ? { coloring } : {}) }
}

/** What the colors of a map mean. */
export interface Legend {
  readonly title: string
  /** Classes by name, or the two ends of a ramp. */
  readonly entries: readonly { readonly name: string; readonly tone: string }[]
  readonly isRamp: boolean
}

/** What a point is colored by, in words. */
export const coloredBy = ({ names, values }: Coloring, member: number): string =>
  names?.[values[member]] ?? String(values[member])

/** A set of points that says which they are. */
type MemberSet = PointSet & { readonly members: readonly number[] }

/** Points by color, and the legend; one set without a legend where nothing tells points apart. */
export function coloredSets({ points, coloring }: LatentMap): {
  readonly sets: readonly MemberSet[]
  readonly legend?: Legend
} {
  const { data } = points
  const all = Array.from({ length: data.length / 2 }, (_, i) => i)
  const setOf = (members: readonly number[]) => ({
    members,
    points: members.map((i): Point => [data[2 * i], data[2 * i + 1]]),
  })
  const levels = [...new Set(Array.from(coloring?.values ?? []))].sort((a, b) => a - b)
  if (!coloring || levels.length < 2) return { sets: [{ tone: 'active', ...setOf(all) }] }
  const { name: title, values } = coloring
  const called = (level: number) => coloring.names?.[level] ?? String(level)
  const of = (wanted: (level: number) => boolean) => setOf(all.filter((i) => wanted(values[i])))
  if (levels.length <= classTones.length) {
    const sets = levels.map((level, i) => ({
      name: called(level),
      tone: `class-${i}`,
      ...of((value) => value === level),
    }))
    const entries = sets.map(({ name, tone }) => ({ name, tone }))
    return { sets, legend: { title, entries, isRamp: false } }
  }
  const [low, high] = [levels[0], levels[levels.length - 1]]
  const toneOf = (level: number) => Math.round(((level - low) / (high - low)) * (levelTones.length - 1))
  const sets = levelTones.map((_, i) => ({
    tone: `level-${i}`,
    ...of((value) => toneOf(value) === i),
  }))
  const entries = [low, high].map((level) => ({ name: called(level), tone: `level-${toneOf(level)}` }))
  return { sets: sets.filter(({ points }) => points.length > 0), legend: { title, entries, isRamp: true } }
}
