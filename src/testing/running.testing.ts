/** Runs plans to their end, or to where they are stopped, and compares what they come to. */
import type { Engine } from '../engine/engine.ts'
import { nativeEngine } from '../engine/onnxruntime/node/native.ts'
import type { LoopEvent } from '../train/events.ts'
import { type Pace, type TrainResult, trainLoop } from '../train/loop.ts'
import type { Plan } from '../train/plan.ts'
import { startingFrom, type TrainState } from '../train/state.ts'
import { toyStart } from '../train/toy.testing.ts'
import { relativeDifference } from './probing.ts'

export const native = await nativeEngine({ threads: 1 })

export interface RunOptions {
  /** Default: native. */
  readonly engine?: Engine
  readonly start?: TrainState
  /** Stops the training after so many updates. */
  readonly stopAt?: number
  readonly pace?: Pace
  readonly onEvent?: (event: LoopEvent) => void
}

export interface Ran {
  readonly events: readonly LoopEvent[]
  readonly result: TrainResult
}

export async function run(
  plan: Plan,
  { engine = native, start = toyStart(plan), stopAt, pace, onEvent = () => {} }: RunOptions = {},
): Promise<Ran> {
  const stop = new AbortController()
  const loop = trainLoop(plan, engine, startingFrom(structuredClone(start)), { signal: stop.signal, pace })
  const events: LoopEvent[] = []
  for (;;) {
    const next = await loop.next()
    if (next.done) return { events, result: next.value }
    events.push(next.value)
    onEvent(next.value)
    if (next.value.kind === 'step' && next.value.step === stopAt) stop.abort()
  }
}

/** The same engine with the optimizer's update inside the program. */
export const asResident = (engine: Engine): Engine => ({ ...engine, update: 'program' })

const wrap = (data: Float32Array) => ({ data, shape: [data.length] })

/** Largest relative difference between what the players of two states have learned and remember. */
export const distance = (a: TrainState, b: TrainState): number =>
  Math.max(
    ...a.players.flatMap(({ parameters, slots }, i) => [
      relativeDifference(wrap(parameters), wrap(b.players[i].parameters)),
      ...slots.map((slot, k) => relativeDifference(wrap(slot), wrap(b.players[i].slots[k]))),
    ]),
  )
