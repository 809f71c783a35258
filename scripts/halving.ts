/**
 * Successive halving against the grid: `node scripts/halving.ts digits`. 27 members over learning rate, size of the code
 * and β are trained to their ends; then once more in rungs, of several numbers, alone and by two workers on a queue.
 * The table that it prints is kept in docs/search.md. `--steps 600` says how long a training is, `--alone` leaves the queue out.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  gridOf,
  type Ranking,
  type RecipeDraft,
  readAxis,
  search,
  searchOnQueue,
  withoutPassword,
} from '../src/inside.node.ts'
import { startPostgres } from '../test/databases/postgres-server.ts'
import { table } from './markdown.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { steps: { type: 'string', default: '600' }, alone: { type: 'boolean', default: false } },
})
const [source = 'digits'] = positionals
const steps = Number(values.steps)
const ETA = 3
const SEEDS = 5

const settings = gridOf(['lr=1e-4..1e-2:log', 'latent=2,4,8', 'beta=0.5,1,2'].map(readAxis), () => false)

const recipeOf = ({ lr, latent, beta }: (typeof settings)[number], seed = 0): RecipeDraft => ({
  data: { source, splitSeed: 0 },
  model: { latent: { size: Number(latent) }, architecture: { name: 'mlp', hidden: [64] } },
  objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: Number(beta) }] },
  training: { steps, batch: 64, learningRate: Number(lr), seed },
  engine: { name: 'native', threads: 1 },
})

const members = settings.map((own) => ({ settings: own, recipe: recipeOf(own) }))

async function found(events: ReturnType<typeof search>): Promise<{ ranking: Ranking; seconds: number }> {
  const began = performance.now()
  for await (const event of events) {
    if (event.kind === 'failed') process.stderr.write(`${event.member}: ${event.reason}\n`)
    if (event.kind === 'end' && event.reason === 'finished')
      return { ranking: event.ranking, seconds: (performance.now() - began) / 1000 }
  }
  throw new Error('the search did not end')
}

/** The same by two workers. */
async function onQueue(): ReturnType<typeof found> {
  const server = await startPostgres()
  try {
    const main = join(import.meta.dirname, '..', 'src', 'apps', 'cli', 'main.ts')
    for (let n = 0; n < 2; n++)
      workers.push(
        spawn(process.execPath, [main, 'worker', '--queue', server.secretUrl], { stdio: 'ignore' }),
      )
    const options = { out: join(place, 'queued'), queue: withoutPassword(server.secretUrl) }
    return await found(searchOnQueue({ members, halving: { eta: ETA, rungs: 3 } }, options))
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
    await server.stop()
  }
}

const place = await mkdtemp(join(tmpdir(), 'betavae-halving-'))
const workers: ChildProcess[] = []
const rows: string[][] = []
try {
  const grid = await found(search({ members }, { out: join(place, 'grid') }))
  const elboOf = (name: string) =>
    grid.ranking.members.find((member) => member.name === name)?.measures?.elbo ?? Number.NaN
  const [best] = grid.ranking.members
  const own = settings.find((one) => JSON.stringify(one) === JSON.stringify(best.settings)) ?? settings[0]
  const seeded = Array.from({ length: SEEDS }, (_, seed) => ({
    settings: { seed: String(seed) },
    recipe: recipeOf(own, seed),
  }))
  const noise = await found(search({ members: seeded }, { out: join(place, 'noise') }))
  const elbos = noise.ranking.members.map(({ measures }) => measures?.elbo ?? Number.NaN)
  const mean = elbos.reduce((sum, elbo) => sum + elbo, 0) / SEEDS
  const deviation = Math.sqrt(elbos.reduce((sum, elbo) => sum + (elbo - mean) ** 2, 0) / (SEEDS - 1))
  const row = (what: string, { ranking, seconds }: Awaited<ReturnType<typeof found>>) => {
    const [{ name }] = ranking.members
    const { taken, all } = ranking.steps
    const place = grid.ranking.members.findIndex((member) => member.name === name) + 1
    const behind = elboOf(best.name) - elboOf(name)
    rows.push([
      what,
      name,
      `${place}`,
      behind.toFixed(2),
      `${Math.round((100 * taken) / all)}%`,
      `${Math.round(seconds)}`,
    ])
  }
  row('grid', grid)
  for (const rungs of [2, 3, 4])
    row(
      `${rungs} rungs`,
      await found(search({ members, halving: { eta: ETA, rungs } }, { out: join(place, `rungs-${rungs}`) })),
    )
  if (!values.alone) row('3 rungs, two workers', await onQueue())
  process.stdout.write(
    `${source}, ${steps} steps; ELBO of the best of the grid ${elboOf(best.name).toFixed(2)} nats, of ${SEEDS} seeds ± ${deviation.toFixed(2)} (standard deviation)\n\n`,
  )
  process.stdout.write(
    `${table(['', 'best member', 'its place in the grid', 'nats behind', 'steps', 'seconds'], rows)}\n`,
  )
} finally {
  await rm(place, { recursive: true, force: true })
}
