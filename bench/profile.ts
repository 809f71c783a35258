/**
 * `npm run bench:profile -- WORKLOAD [--steps N] [--threads N] [--most N]`: which operators of ONNX Runtime the native
 * step of a training workload spends its time in, in milliseconds a step, and the nodes that take most.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { InferenceSession } from 'onnxruntime-node'
import { fail } from '../src/base/errors.ts'
import { nodeEngines, openEngine, train } from '../src/inside.node.ts'
import { productTraining } from './contestants/product-training.ts'
import { median } from './race/race.ts'
import { trainingJobs } from './workloads/training-jobs.ts'

/** A node's time, as ONNX Runtime's profile says it: microseconds, and the shapes that went in and came out. */
interface NodeTime {
  readonly name: string
  readonly cat: string
  readonly dur: number
  readonly args: {
    readonly op_name: string
    readonly input_type_shape: readonly Record<string, readonly number[]>[]
    readonly output_type_shape: readonly Record<string, readonly number[]>[]
  }
}

const total = (nodes: readonly NodeTime[]): number => nodes.reduce((sum, { dur }) => sum + dur, 0)

const shapesOf = (shapes: readonly Record<string, readonly number[]>[]): string =>
  shapes.map((shape) => `[${Object.values(shape)[0].join()}]`).join(' ')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: 'string', default: '40' },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    most: { type: 'string', default: '12' },
  },
})
const threads = Number(values.threads)
const jobs = trainingJobs(threads)
const [name] = positionals
if (!(name in jobs))
  fail({
    code: 'bench/unknown-name',
    seen: `"${name ?? ''}"`,
    wanted: `one of ${Object.keys(jobs).join(', ')}`,
    fix: 'name a training workload from that list',
    usage: true,
  })

const folder = mkdtempSync(join(tmpdir(), 'betavae-profile-'))
try {
  const endProfiles = profiled(join(folder, 'step'))
  const { engine } = await openEngine(nodeEngines, 'native', { threads })
  const contestant = await productTraining(train, engine, jobs[name as keyof typeof jobs])
  const times: number[] = []
  for (let step = 0; step < Number(values.steps); step++) {
    const began = performance.now()
    await contestant.step(step)
    times.push(performance.now() - began)
  }
  endProfiles()
  console.log(`${name}: ${median(times).toFixed(2)} ms a step as a median, profile included`)
  show(longest(folder))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

/** Has every session that is made from now on keep its times; what comes back ends that and writes them. */
function profiled(prefix: string): () => void {
  const create = InferenceSession.create.bind(InferenceSession)
  const sessions: InferenceSession[] = []
  // The product has no seam for this: nobody but us wants it.
  const profiling = async (model: Uint8Array, options?: InferenceSession.SessionOptions) => {
    const session = await create(model, {
      ...options,
      enableProfiling: true,
      profileFilePrefix: `${prefix}-${sessions.length}`,
    })
    sessions.push(session)
    return session
  }
  Object.assign(InferenceSession, { create: profiling })
  return () => {
    for (const session of sessions) {
      try {
        session.endProfiling()
      } catch {
        // Disposed of by the product, such as that of a probe.
      }
    }
  }
}

/** The times of the step: no other session of a training runs as long. */
function longest(folder: string): NodeTime[] {
  const profiles = readdirSync(folder).map((file) =>
    (JSON.parse(readFileSync(join(folder, file), 'utf8')) as NodeTime[]).filter(
      ({ cat, name }) => cat === 'Node' && name.endsWith('_kernel_time'),
    ),
  )
  return profiles.reduce((most, profile) => (total(profile) > total(most) ? profile : most))
}

function show(nodes: readonly NodeTime[]): void {
  const byNode = Map.groupBy(nodes, ({ name }) => name)
  const steps = Math.max(...[...byNode.values()].map((runs) => runs.length))
  const perStep = (runs: readonly NodeTime[]) => Number((total(runs) / steps / 1000).toFixed(2))
  const byOperator = Map.groupBy(nodes, ({ args }) => args.op_name)
  const ordered = (groups: Iterable<[string, NodeTime[]]>) =>
    [...groups].sort(([, a], [, b]) => total(b) - total(a)).slice(0, Number(values.most))
  console.log(`${perStep(nodes)} ms of it in operators`)
  console.table(
    ordered(byOperator).map(([operator, runs]) => ({
      operator,
      ms: perStep(runs),
      nodes: Math.round(runs.length / steps),
    })),
  )
  console.table(
    ordered(byNode).map(([, runs]) => ({
      operator: runs[0].args.op_name,
      ms: perStep(runs),
      shapes: `${shapesOf(runs[0].args.input_type_shape)} → ${shapesOf(runs[0].args.output_type_shape)}`,
    })),
  )
}
