import { likelihoodOf } from '../../model/spec.ts'
import type { WeightedTerm } from '../../objective/objective.ts'
import { finalWeight, weightAt } from '../../objective/schedule.ts'
import type { EpochEvent } from '../../train/events.ts'
import type { Finding } from './finding.ts'
import { activeOf, countOf, type History, isGrowing, judged } from './history.ts'
import { figure, option, warmUp } from './words.ts'

/** Nats of KL below which the whole code says nothing. */
const NOTHING = 0.1

/** The whole code repeats the prior whatever the example. Bowman et al. 2016, §3. */
export function collapse(history: History): Finding | undefined {
  const { told, epochs, latent, rate } = history
  const index = epochs.indexOf(told)
  if (!rate || !isCollapsed(history, told) || !isCollapsed(history, epochs[Math.max(0, index - 1)]))
    return undefined
  if (isGrowing(history, (epoch) => judged(epoch).kl ?? 0, 1.5)) return undefined
  const { kl, reconstruction } = judged(told)
  const units = told.activity
    ? `none of ${latent} units is active (the posterior means of the liveliest vary by ${figure(Math.max(...told.activity))}; active from 0.01 on), `
    : ''
  return {
    code: 'diagnosis/posterior-collapse',
    severity: 'problem',
    said:
      `posterior collapse: after epoch ${told.epoch} the KL is ${figure(kl as number)} nats, ${units}` +
      `so the decoder gets by without the code at a reconstruction of ${figure(reconstruction)} nats; ` +
      `${rate.term.symbol} is ${rate.weight.text}`,
    remedy: remedyOf(history, rate),
  }
}

/** Whether next to nothing passes through the code, where something should. */
function isCollapsed(history: History, epoch: EpochEvent): boolean {
  const { rate } = history
  const { kl } = judged(epoch)
  if (kl === null || kl >= NOTHING || countOf(activeOf(history, epoch) ?? []) > 0) return false
  const target = rate?.term.rate === 'target' ? rate.scheduled.target : undefined
  return target === undefined || weightAt(target, epoch.step - 1) > 10 * NOTHING
}

function remedyOf({ beta, recipe }: History, { term, weight }: WeightedTerm): string {
  const { steps } = recipe.training
  const name = term.option
  if (beta === null) return `hold the KL to its target more firmly: ${option(name, 10 * finalWeight(weight))}`
  if (beta > 1)
    return (
      `charge less for the code: ${option(name, 1)}, or something between, reached slowly: ` +
      option(name, warmUp(Math.max(1, Math.min(4, beta / 4)), steps))
    )
  const warm = `warm the weight up: ${option(name, warmUp(beta, steps))}`
  const free = 'give every dimension some nats for free: --objective free-bits-vae --free-bits-nats 0.25'
  const { kind, options } = likelihoodOf(recipe.model)
  const noise =
    kind.variance(options) === undefined ? [] : ['let σ follow the residual: --objective sigma-vae']
  const isWarmed = weight.kind.name !== 'constant'
  return [...(isWarmed ? [] : [warm]), free, ...noise].join('; or ')
}
