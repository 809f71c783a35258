import {
  BetavaeError,
  commandLine,
  endingOf,
  isSearch,
  isSweep,
  openRun,
  openRunWith,
  openSearch,
  openSweep,
  type Recipe,
  resumeRun,
  resumeSearch,
  resumeSweep,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { text } from '../options.ts'
import { followSearch } from '../search/follow.ts'
import { followSweep } from '../sweep/follow.ts'
import { follow, followOptions } from '../training/follow.ts'
import { jsonLine } from '../training/json.ts'

export const command = defineCommand({
  arguments: [runArgument],
  options: {
    ...followOptions,
    data: text('<url>', 'the database again, where its password is not in PGPASSWORD or ~/.pgpass'),
  },
  examples: [
    ['runs/mnist-1', 'from its last checkpoint to the end of its plan'],
    ['runs/mnist-sweep-1', 'a sweep: what is finished stays as it is'],
  ],
  async run({ args: [path], values, parts, terminal, signal }) {
    if (values.data !== undefined) await checkSame(path, values.data)
    if (isSearch(path))
      return followSearch(resumeSearch(path, { signal, parts }), { terminal, json: values.json })
    if (isSweep(path))
      return followSweep(resumeSweep(path, { signal, parts }), { terminal, json: values.json })
    const end = await endingOf(await openRunWith(path, { parts }))
    if (end) {
      if (values.json) jsonLine(terminal, { ...end, run: path })
      else terminal.say(`"${path}" is finished; look at it with: ${commandLine('report', path)}`)
      return exitCodes.done
    }
    return follow(resumeRun(path, { signal, parts }), {
      terminal,
      json: values.json,
      report: !values['no-report'],
    })
  },
})

const isUrl = (source: string): boolean => /^[a-z]+:\/\//i.test(source)

async function dataOf(path: string): Promise<Recipe['data']> {
  if (isSweep(path)) return (await openSweep(path)).plan.recipe.data
  if (isSearch(path)) return (await openSearch(path)).plan.members[0].recipe.data
  return (await openRun(path)).recipe.data
}

/** The password that came with the URL has been remembered for that database; it must be the run's. */
async function checkSame(path: string, url: string): Promise<void> {
  const { source } = await dataOf(path)
  const database = (text: string) => text.replace(/#.*$/, '')
  if (database(source) === database(url)) return
  throw new BetavaeError({
    code: 'cli/other-data',
    seen: `--data ${url}`,
    wanted: `${source}, which the run reads`,
    fix: `${isUrl(source) ? 'give that URL with its password' : 'leave --data out'}, or train anew: ${commandLine('train', url)}`,
    usage: true,
  })
}
