/** Rows that are scored as they come: each by the rows of its series before it, of which only the last are held. */

import type { Condition } from '../../../data/condition.ts'
import { readSafetensors, writeSafetensors } from '../../../data/formats/safetensors.ts'
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import type { UnreadCell } from '../../../data/tables/encode.ts'
import { AT_ONCE, whenAndWhose } from '../../../data/tables/windows/series.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import type { LiveScorer } from '../chunk-model.ts'
import { SCORE_DRAWS } from '../score-draws.ts'
import { refuseSaved, SeriesHeld } from './held-series.ts'
import type { LiveJudge } from './live-judge.ts'

interface LiveParts {
  readonly judge: LiveJudge
  readonly windows: Windows
  readonly condition: Condition | undefined
  readonly draws: number | undefined
  encode(chunk: TableChunk): { readonly rows: Float32Array; readonly unread: readonly UnreadCell[] }
  read(values: Float32Array, from: number, column: number): Cell
}

/** Begins, or goes on from what was held. Error: `live/state`. */
export function liveScorer(
  { judge, windows, condition, encode, read, ...parts }: LiveParts,
  held?: Uint8Array,
): LiveScorer {
  const series = new SeriesHeld(judge.shape, held && savedSeries(held))
  const standing = whenAndWhose(windows)
  const [told] = condition ?? []
  // The least distance of two rows is a share of the usual one, which training knew.
  const least = told && 'mean' in told ? told.mean + Math.log(AT_ONCE) : 0
  return {
    most: series.most,
    dropped: () => series.dropped,
    saved() {
      const { names, tensors } = series.saved()
      return writeSafetensors(tensors, { names: JSON.stringify(names) })
    },
    async score(chunk, { draws = parts.draws ?? SCORE_DRAWS, signal } = {}) {
      const { rows, unread } = encode(chunk)
      const { times, whose } = standing(chunk)
      const elapsed = new Float32Array(times.length)
      const own = Array.from(times, (time, row) => {
        const one = series.of(whose?.[row] ?? '')
        const gap = time - one.time
        elapsed[row] = gap > 0 ? Math.max(Math.log(gap), least) : Number.isNaN(one.time) ? Number.NaN : least
        if (!Number.isNaN(time)) one.time = time
        return one
      })
      const found = await judge.judge({ rows, series: own, elapsed }, { draws, signal })
      const expected = (row: number, column: number): Cell =>
        read(found.center, row * judge.narrow.width, column)
      return { ...found, unread, expected }
    },
  }
}

function savedSeries(bytes: Uint8Array) {
  const { tensors, metadata } = readSafetensors(bytes)
  return { tensors, names: namesIn(metadata.names) }
}

/** Read without a schema: its chunk would weigh on pages that never score what comes. */
function namesIn(text = ''): string[] {
  try {
    const names: unknown = JSON.parse(text)
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names
  } catch {
    // Not JSON: refused below, as any other text that is no list of names.
  }
  return refuseSaved()
}
