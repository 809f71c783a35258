/**
 * Puts `betavae serve` under load, beside a loop of single requests and FastAPI with onnxruntime on the same exported
 * model, and keeps what came out in docs/serve.json, of which docs/serve.md has a table: `node scripts/serve-load.ts`.
 * `--seconds 60`, `--clients 200`, `--no-record`, `--train-only`, `--part rates|swaps`; BETAVAE_PYTHON has fastapi, uvicorn and onnxruntime.
 */
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { exportScore, nodeEngines, openEngine, readWeights, save, trainTable } from '../src/inside.node.ts'
import { type Loaded, underLoad } from './serve-load/clients.ts'
import { type Running, running } from './serve-load/processes.ts'
import { tableOf } from './serve-load/table.ts'
import { type LoadRecord, type Told, tellLoad } from './serve-load/told.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '200' },
    'no-record': { type: 'boolean', default: false },
    'train-only': { type: 'boolean', default: false },
    /** rates or swaps; default: both. */
    part: { type: 'string' },
  },
})
const seconds = Number(values.seconds)
const clients = Number(values.clients)
const root = fileURLToPath(new URL('..', import.meta.url))
const PORT = 18_431
const PEER_PORT = 18_432
const PATH = '/models/table/score'
const folder = await mkdtemp(join(tmpdir(), 'betavae-serve-load-'))
const ROWS = 1500
const rows = tableOf(ROWS)
const bodies = rows.slice(0, 1000).map((row) => JSON.stringify({ rows: [row] }))
const place = join(folder, 'table.safetensors')
const versions = ['one', 'two'].map((name) => join(folder, `${name}.safetensors`))

/** Two models of the table, and the first as ONNX; kept in .cache, since training takes as long as everything else. */
async function trainBoth(): Promise<void> {
  const kept = join(root, '.cache', `serve-load-${ROWS}`)
  await mkdir(kept, { recursive: true })
  const { engine } = await openEngine(nodeEngines, 'native', {})
  for (const [at, path] of versions.entries()) {
    const known = join(kept, basename(path))
    if (!existsSync(known)) {
      using model = await trainTable(rows, { training: { seed: at + 1 } })
      await writeFile(known, save(model))
    }
    await cp(known, path)
  }
  const first = await readWeights(new Uint8Array(await readFile(versions[0])))
  await writeFile(join(folder, 'score.onnx'), await exportScore(engine, first))
  await cp(versions[0], place)
}

function machine(): string {
  return `${availableParallelism()} × ${cpus()[0].model}, Node.js ${process.version}`
}

const ours = (): Promise<Running> =>
  running(
    process.execPath,
    [join(root, 'src/apps/cli/main.ts'), 'serve', `table=${place}`, '--port', String(PORT)],
    {
      ready: `http://127.0.0.1:${PORT}/health/ready`,
    },
  )

const peers = (workers: number): Promise<Running> =>
  running(
    process.env.BETAVAE_PYTHON ?? 'python3',
    [
      '-m',
      'uvicorn',
      'peer:app',
      '--app-dir',
      join(root, 'scripts/serve-load'),
      '--port',
      String(PEER_PORT),
      '--log-level',
      'warning',
      '--workers',
      String(workers),
    ],
    { ready: `http://127.0.0.1:${PEER_PORT}/ready`, env: { SCORE_ONNX: join(folder, 'score.onnx') } },
  )

const RECORD = join(root, 'docs', 'serve.json')

const kept = async (): Promise<Partial<LoadRecord>> =>
  existsSync(RECORD) ? JSON.parse(await readFile(RECORD, 'utf8')) : {}

/** Keeps what was measured, beside what was before. */
async function keep(some: Partial<LoadRecord>): Promise<void> {
  const record = { ...(await kept()), ...some } as LoadRecord
  await writeFile(RECORD, `${JSON.stringify(record, null, 2)}\n`)
  if (!record.many || !record.swap) return
  const page = join(root, 'docs', 'serve.md')
  const [start, , end] = (await readFile(page, 'utf8')).split(/(?<=<!-- load -->\n)|(?=<!-- \/load -->)/)
  await writeFile(page, `${start}\n${tellLoad(record)}\n\n${end}`)
}

const load = (own: { readonly clients: number; readonly seconds: number }) =>
  underLoad({ port: PORT, path: PATH, bodies, ...own })

/** One client, many, and the same of FastAPI. */
async function rates(): Promise<Partial<LoadRecord>> {
  const own = await ownRates()
  return { ...own, fastapi: [await measuredPeer(1), await measuredPeer(availableParallelism())] }
}

async function ownRates() {
  await using server = await ours()
  await load({ clients, seconds: Math.min(5, seconds / 4) })
  const single = told(await load({ clients: 1, seconds: Math.min(10, seconds / 6) }))
  const memory = [await server.memory()]
  // Of memory it is told at each sixth of the time.
  const watch = setInterval(async () => memory.push(await server.memory()), (seconds * 1000) / 6)
  const many = told(await load({ clients, seconds }))
  clearInterval(watch)
  return { single, many, memoryMB: memory.map(Math.round), loopHeldMs: await loopHeld() }
}

/** Other models take over, and the server ends, both under load. */
async function swaps(): Promise<Partial<LoadRecord>> {
  await using server = await ours()
  await load({ clients, seconds: 2 })
  const swap = { ...(await swapped()), loopHeldMs: await loopHeld() }
  return { swap, stop: await stopped(server) }
}

async function measuredPeer(workers: number) {
  await using _ = await peers(workers)
  const load = (own: number) => underLoad({ port: PEER_PORT, path: '/score', bodies, clients, seconds: own })
  await load(2)
  return { workers, ...told(await load(Math.max(2, seconds / 6))) }
}

/** How long the event loop was held at most in the last minute. */
const loopHeld = async (): Promise<number> => round(1000 * (await statusOf()).loopSeconds)

const statusOf = async (): Promise<{ loopSeconds: number; models: { version: string }[] }> =>
  (await fetch(`http://127.0.0.1:${PORT}/status`)).json()

/** Swaps the model 20 times under load. */
async function swapped() {
  const seen = new Set<string>()
  let isOver = false
  const load = underLoad({
    ...{ port: PORT, path: PATH, clients, seconds: 120, bodies },
    check(body) {
      seen.add(JSON.parse(body).version)
      return undefined
    },
    until: () => isOver,
  })
  let swaps = 0
  let version = (await statusOf()).models[0].version
  for (; swaps < 20; swaps++) {
    await cp(versions[(swaps + 1) % 2], `${place}.new`)
    await rename(`${place}.new`, place)
    for (;;) {
      await sleep(50)
      const now = (await statusOf()).models[0].version
      if (now === version) continue
      version = now
      break
    }
  }
  isOver = true
  const { requests, errors } = await load
  return { swaps, versions: seen.size, requests, errors }
}

/** Ends the server under load. */
async function stopped(server: Running) {
  const load = underLoad({ port: PORT, path: PATH, clients, seconds: 30, bodies })
  await sleep(1000)
  const began = performance.now()
  const code = await server.stop()
  const took = (performance.now() - began) / 1000
  const { requests, errors } = await load
  return { exit: code, seconds: Number(took.toFixed(1)), requests, errors }
}

const told = ({ perSecond, p50, p99, most, requests, errors }: Loaded): Told => ({
  perSecond: Math.round(perSecond),
  ...{ p50ms: round(p50), p99ms: round(p99), mostMs: round(most), requests, errors },
})

const round = (ms: number): number => Math.round(ms * 10) / 10

async function record(): Promise<void> {
  const parts = { rates, swaps }
  for (const [name, measure] of Object.entries(parts)) {
    if (values.part !== undefined && values.part !== name) continue
    const busy = { ...(await kept()).busy, [name]: Math.round(10 * loadavg()[0]) / 10 }
    const found = { machine: machine(), clients, seconds, busy, ...(await measure()) }
    console.log(JSON.stringify(found, null, 2))
    if (!values['no-record']) await keep(found)
  }
}

// Servers end with this process.
process.on('SIGTERM', () => process.exit(1))
try {
  await trainBoth()
  if (!values['train-only']) await record()
} finally {
  await rm(folder, { recursive: true })
}
