import { BetavaeError, type Shard } from '../../../inside.node.ts'
import { type OptionSpec, refuseValue } from '../options.ts'
import { isShard, scheduledShard, schedulers } from './schedulers.ts'

const names = Object.keys(schedulers)

/** One part of a job that many processes share. */
export const shardOption = (what: string): OptionSpec<Shard> => ({
  argument: `<i/n|${names.join('|')}>`,
  description: `only part i of n of the ${what}, for "betavae merge"; or the part that such an array job gives this process`,
  read(text, flag) {
    if (names.includes(text)) return scheduledShard(text, process.env)
    const [, shard, of] = /^(\d+)\/(\d+)$/.exec(text) ?? []
    const found = { shard: Number(shard), of: Number(of) }
    return isShard(found)
      ? found
      : refuseValue(flag, text, `i/n with i from 1 to n, or ${names.join(', ')}`, '1/7')
  },
})

/** Options whose answer is about all rows have none for a part of them. */
export function refuseBeside(options: Readonly<Record<string, unknown>>): void {
  const [flag] = Object.entries(options).find(([, value]) => value !== undefined && value !== false) ?? []
  if (flag === undefined) return
  throw new BetavaeError({
    code: 'cli/shard-beside',
    seen: `--${flag} beside --shard`,
    wanted: 'one of the two, since it is about all rows',
    fix: `drop --${flag}, or drop --shard`,
    usage: true,
  })
}

export function refuseBoth(): never {
  throw new BetavaeError({
    code: 'cli/exclusive',
    seen: '--shard beside --queue',
    wanted: 'one of them: a scheduler that hands out shards, or workers that take jobs',
    fix: 'leave one of them out',
    usage: true,
  })
}

/** What was asked for besides files and places, so that shards of other options are not merged. */
export const askedOf = (values: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { out: _, run: __, shard: ___, queue: ____, ...asked } = values
  return JSON.parse(JSON.stringify(asked))
}
