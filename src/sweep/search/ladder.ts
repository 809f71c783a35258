/**
 * Successive halving without waiting (ASHA, Li et al. 2020, algorithm 2), for members whose number is known.
 *
 * Members are trained up to a rung, a share of their steps, and judged there. Of those that have been judged on a rung
 * one in `eta` goes on to the next, the best ones. The paper, whose members never end, lets the highest rung go first.
 * Here the lowest does: a member goes on early only where a worker would rest, so that whoever works alone never
 * trains one for longer that turns out to be left behind, and many workers seldom do.
 */
import { compareKeys } from './best.ts'

export interface Halving {
  /** One of so many goes on. */
  readonly eta: number
  /** Rungs, the last of which is the whole training. */
  readonly rungs: number
}

/** One member up to one rung. */
export interface Climb {
  readonly member: number
  /** From 0. */
  readonly rung: number
}

/** Of what is known of a member on a rung: where it stands among others; undefined where it failed. */
export interface Judged extends Climb {
  readonly key: readonly number[] | undefined
}

/** Steps of a member up to a rung: of its last rung all. */
export const stepsAt = (steps: number, rung: number, { eta, rungs }: Halving): number =>
  Math.min(steps, Math.max(1, Math.ceil(steps / eta ** (rungs - 1 - rung))))

/** What is to be done next beside what is being done; undefined where there is nothing until more is known. */
export function nextClimb(
  members: number,
  { eta, rungs }: Halving,
  judged: readonly Judged[],
  running: readonly Climb[],
): Climb | undefined {
  const begun = [...judged, ...running]
  const on = <Own extends Climb>(climbs: readonly Own[], rung: number) =>
    climbs.filter((climb) => climb.rung === rung)
  /** Of the best so many of a rung the first that has not gone on. */
  const above = (rung: number, places: number): Climb | undefined => {
    const found = best(on(judged, rung))
      .slice(0, places)
      .find(({ member }) => !on(begun, rung + 1).some((climb) => climb.member === member))
    return found && { member: found.member, rung: rung + 1 }
  }
  const next = on(begun, 0).length
  if (next < members) return { member: next, rung: 0 }
  for (let rung = 0; rung < rungs - 1; rung++) {
    const found = above(rung, Math.floor(on(judged, rung).length / eta))
    if (found) return found
  }
  if (running.length > 0) return undefined
  // Where there are too few for one in eta, the best one goes on, so that one is trained to its end.
  const top = Math.max(...judged.filter(({ key }) => key !== undefined).map(({ rung }) => rung))
  return top >= 0 && top < rungs - 1 ? above(top, 1) : undefined
}

const best = (judged: readonly Judged[]): Judged[] =>
  judged
    .filter(({ key }) => key !== undefined)
    .toSorted((a, b) => compareKeys(a.key ?? [], b.key ?? []) || a.member - b.member)
