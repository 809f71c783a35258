/** Windows over ordered rows by the places of their rows, and how they are divided. */
import { fail } from '../../../base/errors.ts'
import { permutation, streams } from '../../../base/random.ts'
import { rowsFor, type Split, type SplitRequest } from '../../split.ts'
import type { Series } from './series.ts'
import type { Windows } from './windows.ts'

/** Windows by the places of their first and their last row; where a series is shorter than a window, all of it is one. */
export interface WindowPlaces {
  readonly first: Uint32Array
  readonly last: Uint32Array
  /** The series that each is of. */
  readonly series: Uint32Array
}

/** All windows of all series: the first as soon as it is whole, then one every `stride` rows, and one that ends with the last row. */
export function windowPlaces(
  { starts }: Pick<Series, 'starts'>,
  { rows, stride }: Pick<Windows, 'rows' | 'stride'>,
): WindowPlaces {
  const [first, last, series]: number[][] = [[], [], []]
  for (let own = 0; own + 1 < starts.length; own++) {
    const [from, to] = [starts[own], starts[own + 1]]
    const add = (end: number) => {
      first.push(Math.max(from, end - rows + 1))
      last.push(end)
      series.push(own)
    }
    let end = Math.min(from + rows, to) - 1
    for (; end < to; end += stride) add(end)
    if (end - stride < to - 1) add(to - 1)
  }
  return { first: Uint32Array.from(first), last: Uint32Array.from(last), series: Uint32Array.from(series) }
}

/** Stretches of a series from its first place on: those that train end before `validation`, those of validation before `test`. */
interface Stretches {
  readonly validation: number
  readonly test: number
}

/**
 * Divides windows by time: of each series the last stretch is for testing and the one before for validation, and windows
 * that reach over a border are in no part. Where stretches would be shorter than two windows in most series, whole series
 * are held out instead, by chance. Errors: `data/split-fraction`, `data/split-empty`.
 */
export function splitWindows(
  { starts }: Pick<Series, 'starts'>,
  places: WindowPlaces,
  rows: number,
  { validation = 0, test = 0, seed }: SplitRequest,
): Split {
  const lengths = Array.from({ length: starts.length - 1 }, (_, own) => starts[own + 1] - starts[own])
  const middle = lengths.toSorted((a, b) => a - b)[lengths.length >> 1]
  const shares = [validation, test].filter((share) => share > 0)
  const isShort = lengths.length > 2 && shares.some((share) => share * middle < 2 * rows)
  const stretches = isShort
    ? wholeSeries(lengths, { validation, test, seed })
    : lengths.map((length) => lastStretches(length, rows, { validation, test }))
  const parts = { train: [] as number[], validation: [] as number[], test: [] as number[] }
  for (let window = 0; window < places.first.length; window++) {
    const own = places.series[window]
    const [from, to] = [places.first[window] - starts[own], places.last[window] - starts[own]]
    const { validation: held, test: tested } = stretches[own]
    if (to < held) parts.train.push(window)
    else if (from >= held && to < tested) parts.validation.push(window)
    else if (from >= tested) parts.test.push(window)
  }
  if (parts.train.length === 0) refuseEmpty(starts[starts.length - 1], rows)
  return {
    train: Uint32Array.from(parts.train),
    validation: Uint32Array.from(parts.validation),
    test: Uint32Array.from(parts.test),
  }
}

/** A stretch that is held out has room for a window. */
function lastStretches(
  length: number,
  rows: number,
  { validation, test }: { readonly validation: number; readonly test: number },
): Stretches {
  const held = (share: number, part: string) => {
    const own = rowsFor(share, length, part)
    return own === 0 ? 0 : Math.max(own, rows)
  }
  const tested = length - held(test, 'test')
  return { validation: tested - held(validation, 'validation'), test: tested }
}

function wholeSeries(
  lengths: readonly number[],
  { validation, test, seed }: { readonly validation: number; readonly test: number; readonly seed: number },
): Stretches[] {
  const order = permutation(lengths.length, { seed, stream: streams.split, step: 0 })
  const tested = rowsFor(test, lengths.length, 'test')
  const held = tested + rowsFor(validation, lengths.length, 'validation')
  const stretches = new Array<Stretches>(lengths.length)
  order.forEach((own, place) => {
    const whole = { validation: lengths[own], test: lengths[own] }
    stretches[own] =
      place < tested ? { validation: 0, test: 0 } : place < held ? { ...whole, validation: 0 } : whole
  })
  return stretches
}

const refuseEmpty = (count: number, rows: number): never =>
  fail({
    code: 'data/split-empty',
    seen: `no window of ${rows} rows among the ${count} that are left to train on`,
    wanted: 'at least one',
    fix: 'give more rows, shorter windows, or hold fewer rows out',
    usage: true,
  })
