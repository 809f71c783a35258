/** What schedulers tell a task of its place among the others, in variables of its environment. */
import { BetavaeError, type Shard } from '../../../inside.node.ts'

type Environment = Readonly<Record<string, string | undefined>>

interface Scheduler {
  /** Variables that it is asked for. */
  readonly variables: string
  /** How such a job is begun. */
  readonly fix: string
  /** The shard, or numbers that are no shard. */
  shard(of: (name: string) => number): Shard
}

/**
 * By their names on the command line. They are asked only where they are named: a command that somebody runs inside of an
 * array job, as one of its steps, must not do a part of its work and say nothing.
 */
export const schedulers: Readonly<Record<string, Scheduler>> = {
  slurm: {
    variables: 'SLURM_ARRAY_TASK_ID, SLURM_ARRAY_TASK_MIN and SLURM_ARRAY_TASK_COUNT',
    fix: 'submit it as a job array of numbers without gaps',
    shard: (of) => ({
      shard: of('SLURM_ARRAY_TASK_ID') - of('SLURM_ARRAY_TASK_MIN') + 1,
      of: of('SLURM_ARRAY_TASK_COUNT'),
    }),
  },
  kubernetes: {
    variables: 'JOB_COMPLETION_INDEX, and JOB_COMPLETIONS, which the manifest sets',
    fix: 'run it as an indexed job that is told how many completions there are',
    // Kubernetes tells a pod which one it is, but not how many there are.
    shard: (of) => ({ shard: of('JOB_COMPLETION_INDEX') + 1, of: of('JOB_COMPLETIONS') }),
  },
  aws: {
    variables: 'AWS_BATCH_JOB_ARRAY_INDEX and AWS_BATCH_JOB_ARRAY_SIZE',
    fix: 'submit it as an array job',
    shard: (of) => ({ shard: of('AWS_BATCH_JOB_ARRAY_INDEX') + 1, of: of('AWS_BATCH_JOB_ARRAY_SIZE') }),
  },
}

export const isShard = ({ shard, of }: Shard): boolean =>
  Number.isSafeInteger(of) && Number.isSafeInteger(shard) && shard >= 1 && shard <= of

/** The shard that a scheduler has given this process. Error: `cli/shard-environment`. */
export function scheduledShard(name: string, environment: Environment): Shard {
  const { variables, fix, shard } = schedulers[name]
  const found = shard((variable) => {
    const text = environment[variable] ?? ''
    return /^\d+$/.test(text) ? Number(text) : Number.NaN
  })
  if (isShard(found)) return found
  const seen = [...variables.matchAll(/[A-Z_]{9,}/g)].map(([one]) => `${one}=${environment[one] ?? ''}`)
  throw new BetavaeError({
    code: 'cli/shard-environment',
    seen: `--shard ${name} where ${seen.join(', ')}`,
    wanted: `${variables}, numbers that make a shard`,
    fix: `${fix}; or say which: --shard 1/7`,
    usage: true,
  })
}
