/** Rows that are scored as they come: how far they are is kept in a file, and series that are let go are told of. */
import {
  BetavaeError,
  type KeptPlace,
  type LiveScorer,
  modelDigest,
  type OpenedTableRun,
  type OutputTarget,
  openPlace,
} from '../../../inside.node.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { ScoreWriter } from './score.ts'
import { jsonLines, STDIN } from './score-lines.ts'

interface Asked extends OutputTarget {
  readonly source: string
  readonly state?: string | undefined
  readonly top?: number | undefined
  readonly html?: string | undefined
  readonly label?: string | undefined
  readonly shard?: object | undefined
  readonly json: boolean
}

/** The files of a scoring that can go on; undefined where that is not asked for. Error: `cli/state`. */
export function placeFiles({
  state,
  out,
  source,
  ...others
}: Asked): { readonly out: string; readonly state: string } | undefined {
  if (state === undefined) return undefined
  const { into, top, html, label, shard, json } = others
  const [beside] = Object.entries({ into, top, html, label, shard, json }).find(([, value]) => value) ?? []
  if (beside !== undefined) refuseState(`--${beside} beside --state`, `drop --${beside}, or drop --state`)
  if (source !== STDIN)
    refuseState(`--state for "${source}"`, 'drop --state, or pipe the rows in and give - for them')
  if (!out?.endsWith('.jsonl'))
    refuseState(
      out === undefined ? '--state without --out' : `--state with --out ${out}`,
      'add --out scores.jsonl',
    )
  return { out: out as string, state }
}

const refuseState = (seen: string, fix: string): never => {
  throw new BetavaeError({
    code: 'cli/state',
    seen,
    wanted: 'rows that are piped in (-), scored into a file of lines of JSON',
    fix,
    usage: true,
  })
}

/** What scores rows as they come, and where their lines go, where they come so. */
interface Coming {
  readonly live?: LiveScorer | undefined
  readonly place?: KeptPlace
  /** Has the work write behind the lines that are there. */
  readonly writing?: (work: (writer: ScoreWriter) => Promise<void>) => Promise<void>
}

/** Begins with the rows of a table, or goes on where an earlier scoring was. Errors: `live/state`, `live/out`. */
export async function comingRows(
  { run, table }: OpenedTableRun,
  source: string,
  files: ReturnType<typeof placeFiles>,
): Promise<Coming> {
  const { sha256, engine } = await modelDigest(run)
  const place = files && (await openPlace({ ...files, model: `${sha256} ${engine}` }))
  const live = source === STDIN ? await table.live?.(place?.held) : undefined
  if (!place) return { live }
  return { live, place, writing: (work) => work(keptLines(place, live)).finally(place.close) }
}

/** Lines that are put behind those of earlier scorings, with the place kept now and then. */
function keptLines(place: KeptPlace, live: LiveScorer | undefined): ScoreWriter {
  const lines = jsonLines(place.write)
  const held = () => live?.saved()
  let done = 0
  return {
    causes: lines.causes,
    async rows(rows) {
      await lines.rows(rows)
      done = rows.at(-1)?.row ?? done
      await place.keep(done, held)
    },
    end: async () => (done > 0 ? place.keep(done, held, true) : undefined),
  }
}

/** Says once that series are let go. */
export function onceDropped({ live }: Coming, terminal: Terminal): () => void {
  let isSaid = false
  return () => {
    if (isSaid || !live || live.dropped() === 0) return
    isSaid = true
    terminal.say(
      `more than ${live.most} series: those that had no row for longest are let go, and begin anew when they have one`,
    )
  }
}
