import {
  BetavaeError,
  commandLine,
  format,
  isSweep,
  mergeShards,
  resumeSweep,
  unfinishedMembers,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json } from '../options.ts'
import { followSweep } from '../sweep/follow.ts'

export const command = defineCommand({
  arguments: [
    { name: 'out', description: 'what --out named: the file that is to come, or the folder of a sweep' },
  ],
  options: { json },
  examples: [
    [
      'scores.csv',
      'from scores.1-of-7.csv to scores.7-of-7.csv, once they are what their shards have written',
    ],
    ['sweep', 'the frontier of a sweep whose members were trained in shards'],
  ],
  async run({ args: [out], values, parts, terminal, signal }) {
    if (isSweep(out)) {
      await checkAll(out)
      return followSweep(resumeSweep(out, { signal, parts }), { terminal, json: values.json })
    }
    const merged = await mergeShards(out, signal)
    if (values.json) terminal.out(`${JSON.stringify({ out, ...merged })}\n`)
    else
      terminal.say(
        `${out}: ${format.counted(merged.rows, 'row')} of ${format.counted(merged.shards, 'shard')}`,
      )
    return exitCodes.done
  },
})

/** What is left to train is left to shards, or to `resume`. */
async function checkAll(path: string): Promise<void> {
  const unfinished = await unfinishedMembers(path)
  if (unfinished.length === 0) return
  throw new BetavaeError({
    code: 'cli/shards-unfinished',
    seen: `"${path}" without ${unfinished
      .slice(0, 5)
      .map(({ name }) => name)
      .join(', ')}${unfinished.length > 5 ? ` and ${unfinished.length - 5} more` : ''}`,
    wanted: 'all members trained and judged',
    fix: `run their shards again, or train them here: ${commandLine('resume', path)}`,
    usage: true,
  })
}
