import { square } from '../graph/functions.ts'
import { gradient } from '../graph/gradient.ts'
import { add } from '../graph/ops/add.ts'
import { div } from '../graph/ops/div.ts'
import { minimum } from '../graph/ops/extremum.ts'
import { input } from '../graph/ops/input.ts'
import { mul } from '../graph/ops/mul.ts'
import { sqrt } from '../graph/ops/sqrt.ts'
import { sum } from '../graph/ops/sum.ts'
import { type Program, program } from '../graph/program.ts'
import type { Tensor } from '../graph/tensor.ts'
import { traceAutoencoder } from '../model/autoencoder.ts'
import type { Parameter } from '../model/parameters.ts'
import { traceObjective } from '../objective/objective.ts'
import type { Plan } from './plan.ts'

/** Prefixes of program values. */
export const GRADIENT = 'gradient.'
export const TERM = 'term.'
export const SCALAR = 'optimizer.'

/** Losses by name, and the model's parameters. */
function traceLosses(plan: Plan): {
  losses: Record<string, Tensor>
  loss: Tensor
  parameters: readonly Parameter[]
} {
  const model = traceAutoencoder(plan.model, plan.example, plan.batches.batch)
  const { loss, reconstruction, kl, terms } = traceObjective(model, plan.terms)
  const named = Object.fromEntries(Object.entries(terms).map(([key, value]) => [TERM + key, value]))
  return {
    loss,
    losses: { loss, reconstruction, ...(kl ? { kl } : {}), ...named },
    parameters: model.parameters,
  }
}

/** Losses and gradients: what engines run whose optimizer works on the host. */
export function gradientProgram(plan: Plan): { program: Program; parameters: readonly Parameter[] } {
  const { losses, loss, parameters } = traceLosses(plan)
  const gradients = gradient(
    loss,
    parameters.map(({ tensor }) => tensor),
  )
  const named = Object.fromEntries(parameters.map(({ name }, i) => [GRADIENT + name, gradients[i]]))
  return { program: program('train', { ...losses, ...named }), parameters }
}

/** Losses, and next values of parameters and slots: the whole update as one program, its state on the device. */
export function updateProgram(plan: Plan): {
  program: Program
  parameters: readonly Parameter[]
  carry: Record<string, string>
} {
  const { losses, loss, parameters } = traceLosses(plan)
  const { kind, options } = plan.optimizer
  const raw = gradient(
    loss,
    parameters.map(({ tensor }) => tensor),
  )
  const gradients = plan.clipNorm === null ? raw : clipped(raw, plan.clipNorm)
  const scalars = Object.fromEntries(
    Object.keys(kind.scalars(1, 1, options)).map((name) => [name, input(SCALAR + name, [])]),
  )
  const outputs: Record<string, Tensor> = { ...losses }
  const carry: Record<string, string> = {}
  parameters.forEach(({ name, tensor, shape }, i) => {
    const slots = kind.slots.map((slot) => input(`${slot}/${name}`, shape))
    const next = kind.trace(tensor, gradients[i], slots, scalars, options)
    const pairs = [
      [name, next.parameter],
      ...kind.slots.map((slot, k) => [`${slot}/${name}`, next.slots[k]]),
    ] as [string, Tensor][]
    for (const [key, value] of pairs) {
      carry[key] = `next.${key}`
      outputs[`next.${key}`] = value
    }
  })
  return { program: program('update', outputs), parameters, carry }
}

/** Keeps 0 / 0 away where every gradient is zero. */
export const NORM_FLOOR = 1e-12

function clipped(gradients: readonly Tensor[], limit: number): Tensor[] {
  const norm = sqrt(gradients.map((g) => sum(square(g))).reduce((a, b) => add(a, b)))
  const factor = minimum(div(limit, add(norm, NORM_FLOOR)), 1)
  return gradients.map((g) => mul(g, factor))
}
