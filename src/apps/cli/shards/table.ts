import {
  BetavaeError,
  blockOf,
  modelDigest,
  type OpenedTableRun,
  type RowBlock,
  refuseRows,
  type Shard,
  type ShardJob,
  type TableReading,
  tableDigest,
} from '../../../inside.node.ts'

/** A shard as it was asked for. */
export interface AskedShard {
  readonly shard: Shard
  /** What shards that are merged have in common. */
  readonly options: ShardJob['options']
}

interface ShardTable {
  readonly command: string
  readonly source: string
  readonly reading?: TableReading | undefined
}

/** Reads a table once, to tell which of its rows are the shard's, and what the job is. Error: `cli/shard-piped`. */
export async function shardOfTable(
  run: OpenedTableRun,
  { command, source, reading }: ShardTable,
  { shard, options }: AskedShard,
  signal: AbortSignal,
): Promise<{ readonly job: ShardJob; readonly rows: RowBlock }> {
  if (run.run.trained.recipe.data.windows) refuseRows('scoring a part of the rows')
  const table = await run.open(source, reading)
  if (!table.canRestart) refusePiped()
  const data = await tableDigest(table, signal)
  const job = { command, options, data, model: await modelDigest(run.run) }
  return { job, rows: blockOf(data.rows, shard) }
}

const refusePiped = (): never => {
  throw new BetavaeError({
    code: 'cli/shard-piped',
    seen: 'a shard of what is piped in',
    wanted: 'a file or a table of a database, whose rows can be counted first',
    fix: 'save what is piped in to a file and name that',
    usage: true,
  })
}
