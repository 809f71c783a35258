/** The studio's desk in a real worker: digits train, β moves, and the model is looked at in mid-training. */
import type { CommandName, Commands, FromWorker, Report, Request } from '../../../src/apps/studio/protocol.ts'
import { openDesk } from '../../../src/apps/studio/worker/desk.ts'
import { browserEngines, type EngineName } from '../../../src/inside.ts'
import type { PageArgument } from '../harness.ts'

interface Argument extends PageArgument {
  readonly engine: EngineName
}

/** What became of it. */
export interface StudioCourse {
  readonly engine: string
  /** β of each step, as it was applied. */
  readonly weights: readonly number[]
  /** Mean KL of the first steps, of those before β moved, and of the last ones. */
  readonly kl: readonly [number, number, number]
  readonly phases: readonly string[]
  /** Pictures that were shown, and the step of the newest. */
  readonly fresh: { readonly count: number; readonly step: number }
  /** Differing bytes of two decoded codes. */
  readonly changed: number
  readonly snapshotBytes: number
  readonly looked: { readonly step: number; readonly latent: number }
}

const STEPS = 60
const HALF = 30

export async function main({ engine, wasmPaths }: Argument): Promise<StudioCourse> {
  const reports: Report[] = []
  const { ask, phase } = openPage(wasmPaths, reports)
  await ask('openData', { kind: 'bundled', name: 'digits' })
  const resting = phase('paused')
  const draft = {
    data: { source: 'digits' },
    model: { architecture: { name: 'mlp', hidden: [32] }, latent: { size: 6 } },
    objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 0.1 }] },
    training: { steps: STEPS, batch: 64, seed: 1, learningRate: 0.01 },
    engine: { name: engine },
  }
  const started = await ask('start', { draft, paused: true })
  await resting
  const half = phase('paused')
  await ask('step', { count: HALF })
  await half
  const looked = await ask('look', null)
  const codes = Float32Array.from({ length: 12 }, (_, i) => (i < 6 ? -1 : 1))
  const decoded = await ask('decode', { codes, count: 2 })
  const snapshot = await ask('snapshot', null)
  await ask('setWeight', { term: 'kl', weight: 8 })
  const finished = phase('finished')
  await ask('resume', null)
  await finished
  const column = (of: 'kl' | 'weight') =>
    reports.flatMap((report) =>
      report.report === 'steps' ? [...(of === 'kl' ? report.steps.kl : report.steps.weights.kl)] : [],
    )
  const kl = column('kl')
  const fresh = reports.filter((report) => report.report === 'fresh')
  return {
    engine: started.engine,
    weights: column('weight'),
    kl: [mean(kl.slice(0, 5)), mean(kl.slice(HALF - 5, HALF)), mean(kl.slice(-5))],
    phases: reports.flatMap((report) => (report.report === 'phase' ? [report.phase] : [])),
    fresh: { count: fresh.length, step: fresh.at(-1)?.fresh.step ?? 0 },
    changed: decoded.kind === 'images' ? differing(decoded.rgba) : 0,
    snapshotBytes: snapshot.checkpoint.length,
    looked: { step: looked.step, latent: looked.latent },
  }
}

/** A desk, asked as the page asks it; reports are gathered. */
function openPage(wasmPaths: string, reports: Report[]) {
  const waiting = new Map<number, (message: FromWorker) => void>()
  const phases = new Set<{ wanted: string; found: () => void }>()
  let last = 0
  const receive = openDesk({
    candidates: browserEngines,
    wasmPaths,
    asset: () => Promise.reject(new Error('no asset here')),
    image: () => Promise.reject(new Error('no image here')),
    post(message, transfer = []) {
      const received: FromWorker = structuredClone(message, { transfer: [...transfer] })
      if ('id' in received) return waiting.get(received.id)?.(received)
      reports.push(received)
      for (const one of phases)
        if (received.report === 'phase' && [one.wanted, 'failed', 'lost'].includes(received.phase)) {
          phases.delete(one)
          one.found()
        }
    },
  })
  return {
    phase: (wanted: string) => new Promise<void>((found) => phases.add({ wanted, found })),
    async ask<Name extends CommandName>(command: Name, given: Commands[Name]['given']) {
      const id = ++last
      const answer = new Promise<FromWorker>((resolve) => waiting.set(id, resolve))
      await receive({ id, command, given } as Request)
      const reply = await answer
      if (!('gives' in reply)) throw new Error(JSON.stringify(reply))
      return reply.gives as Commands[Name]['gives']
    },
  }
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

function differing(rgba: Uint8ClampedArray): number {
  const half = rgba.length / 2
  return rgba.subarray(0, half).reduce((count, byte, at) => count + (byte === rgba[half + at] ? 0 : 1), 0)
}
