import { BetavaeError, sweep, sweepOnQueue, sweepShard } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { number, numberList, text, toggle, wholeNumber, withFallback } from '../options.ts'
import { queueOption, wantedQueue } from '../queue/option.ts'
import { draftFrom } from '../recipe/draft.ts'
import { sourceArgument, withRecipe } from '../recipe/with-recipe.ts'
import { refuseWithoutOver, searchBy, searchOptions } from '../search/search.ts'
import { refuseBoth, shardOption } from '../shards/option.ts'
import { followShard, followSweep } from '../sweep/follow.ts'

const group = 'Sweep'
const EXAMPLE = '0.25,0.5,1,2,4,8'

export const command = defineCommand({
  arguments: [sourceArgument],
  ...withRecipe({
    beta: {
      ...numberList(`weights of the KL, one or more runs each (default: ${EXAMPLE})`, 0, EXAMPLE),
      group,
    },
    seeds: { ...withFallback(wholeNumber('runs at each β, with seeds from --seed up', 1, 3), 1), group },
    ...searchOptions,
    'warm-start': { ...toggle('begin each run where the one at the next smaller β ended'), group },
    jobs: { ...withFallback(wholeNumber('runs trained at once, which share the cores', 1, 2), 1), group },
    queue: {
      ...queueOption,
      description: 'put the runs into a queue for betavae worker; a folder trains here',
      group,
    },
    priority: {
      ...number('<n>', 'in the queue: higher ones are taken first (default: 0)', {
        whole: true,
        minimum: -1e6,
        maximum: 1e6,
        example: '10',
      }),
      group,
    },
    store: {
      ...text('<folder>', 'what runs leave goes through this folder, which all machines share'),
      group,
    },
    out: {
      ...text('<folder>', 'folder of the sweep (default: the next free runs/<data>-sweep-<n>)'),
      group: 'Output',
    },
    shard: { ...shardOption('members; needs --out, which all parts share'), group },
    json: { ...toggle('print one event a line, as JSON; the last has the table'), group: 'Output' },
  }),
  examples: [
    [`mnist --beta ${EXAMPLE} --seeds 3`, 'which β to choose, and which runs agree'],
    ['mnist --beta 0.25,1,4,16 --epochs 5 --out sweep', 'a first look; once more to go on after a kill'],
    ['digits --warm-start --jobs 2', 'sooner'],
    [
      'mnist --seeds 3 --shard slurm --out sweep',
      'the part of a task of an array job; then: betavae merge sweep',
    ],
    ['runs/mnist-1/recipe.json --beta 1,2,4', 'the recipe of a run at other β'],
    [
      'mnist --over lr=1e-4..1e-2:log --over latent=4,8,16 --over beta=0.5,1,2 --halving 3',
      '27 members over three options; one in three goes on',
    ],
    ['mnist --over lr=1e-4..1e-2:log --over batch=32..512:log --random 20 --best mig', 'at random'],
  ],
  async run({ args: [source], values, parts, terminal, signal }) {
    const {
      beta: betas = EXAMPLE.split(',').map(Number),
      seeds,
      jobs,
      out,
      json,
      shard,
      queue,
      priority,
      store,
    } = values
    if (values.over !== undefined) return searchBy(source, { values, parts, terminal, signal })
    refuseWithoutOver(values)
    const recipe = await draftFrom(source, { ...values, beta: undefined }, parts)
    const draft = { recipe, betas, seeds, warmStart: values['warm-start'] }
    if (shard && queue !== undefined) refuseBoth()
    if (queue === undefined && (priority !== undefined || store !== undefined)) wantedQueue(undefined)
    if (shard) {
      const events = sweepShard(draft, shard, { jobs, signal, parts, out: out ?? refuseNowhere() })
      return followShard(events, { terminal, json, signal })
    }
    const options = { jobs, signal, parts, ...(out === undefined ? {} : { out }) }
    const events =
      queue === undefined
        ? sweep(draft, options)
        : sweepOnQueue(draft, { ...options, queue, priority, store })
    return followSweep(events, { terminal, json, isQueued: queue !== undefined })
  },
})

const refuseNowhere = (): never => {
  throw new BetavaeError({
    code: 'cli/shard-nowhere',
    seen: '--shard without --out',
    wanted: '--out, the folder that all shards share',
    fix: 'add for example --out sweep',
    usage: true,
  })
}
