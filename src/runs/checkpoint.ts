import * as z from 'zod/mini'
import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { firstIssue, jsonText } from '../base/schema.ts'
import { formatShape, sameShape } from '../base/shape.ts'
import { readSafetensors, writeSafetensors } from '../data/formats/safetensors.ts'
import type { Layout } from '../optimizers/layout.ts'
import type { TrainState } from '../train/state.ts'

const FORMAT = 'betavae checkpoint 1'

const progressSchema = jsonText(
  z.strictObject({
    step: z.int().check(z.minimum(0)),
    sums: z.strictObject({
      steps: z.int().check(z.minimum(0)),
      loss: z.number(),
      reconstruction: z.number(),
      kl: z.nullable(z.number()),
      terms: z.record(z.string(), z.number()),
    }),
    best: z.nullable(z.strictObject({ epoch: z.int().check(z.positive()), loss: z.number() })),
  }),
)

/** A state as safetensors: everything a resume needs, and a checksum. */
export function writeCheckpoint(state: TrainState, layouts: readonly Layout[]): Uint8Array {
  const tensors: Record<string, NDArray> = {}
  layouts.forEach((layout, i) => {
    for (const [kind, arena] of arenas(state, layout, i))
      for (const [name, view] of Object.entries(layout.views(arena))) tensors[`${kind}/${name}`] = view
  })
  const { step, sums, best } = state
  const progress = { step, sums, best: best && { epoch: best.epoch, loss: best.loss } }
  return writeSafetensors(tensors, { format: FORMAT, progress: JSON.stringify(progress) })
}

/** Everything that is kept of one player. */
function arenas({ players, best }: TrainState, layout: Layout, player: number): [string, Float32Array][] {
  const { parameters, slots } = players[player]
  const kept = best ? ([['best', best.parameters[player]]] as [string, Float32Array][]) : []
  return [
    ['parameters', parameters],
    ...layout.slots.map((name, i): [string, Float32Array] => [name, slots[i]]),
    ...kept,
  ]
}

/** Reads a state back. Errors: `safetensors/…` for torn or corrupt bytes, `checkpoint/…` for another model's. */
export function readCheckpoint(bytes: Uint8Array, layouts: readonly Layout[]): TrainState {
  const { tensors, metadata } = readSafetensors(bytes, { checked: true })
  if (metadata.format !== FORMAT)
    refuseCheckpoint(`a file of format "${metadata.format ?? 'unknown'}"`, FORMAT)
  const progress = readProgress(metadata.progress)
  const gather = (layout: Layout, kind: string): Float32Array => {
    const arena = new Float32Array(layout.size)
    for (const [name, view] of Object.entries(layout.views(arena))) {
      const saved = tensors[`${kind}/${name}`]
      if (!saved || !sameShape(saved.shape, view.shape))
        refuseCheckpoint(
          `${kind}/${name} ${saved ? `of shape ${formatShape(saved.shape)}` : 'missing'}`,
          formatShape(view.shape),
        )
      view.data.set(saved.data)
    }
    return arena
  }
  return {
    step: progress.step,
    sums: progress.sums,
    players: layouts.map((layout) => ({
      parameters: gather(layout, 'parameters'),
      slots: layout.slots.map((slot) => gather(layout, slot)),
    })),
    best: progress.best && {
      ...progress.best,
      parameters: layouts.map((layout) => gather(layout, 'best')),
    },
  }
}

function readProgress(text: string | undefined): z.infer<typeof progressSchema> {
  const parsed = progressSchema.safeParse(text)
  if (parsed.success) return parsed.data
  const { at, wanted } = firstIssue(parsed.error)
  return fail({
    code: 'checkpoint/progress',
    seen: `checkpoint whose progress${at === '' ? '' : `.${at}`} cannot be read`,
    wanted,
    fix: 'use an earlier copy of this file, or train anew',
  })
}

function refuseCheckpoint(seen: string, wanted: string): never {
  return fail({
    code: 'checkpoint/mismatch',
    seen: `checkpoint with ${seen}`,
    wanted,
    fix: 'resume with the recipe that the checkpoint was made with, or train anew',
  })
}
