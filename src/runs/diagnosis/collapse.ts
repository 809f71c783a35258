import { likelihoodOf } from '../../model/spec.ts'
import type { WeightedTerm } from '../../objective/objective.ts'
import { finalWeight, weightAt } from '../../objective/schedule.ts'
import type { EpochEvent } from '../../train/events.ts'
import type { Found, Way } from './finding.ts'
import { activeOf, countOf, type History, isGrowing, judged } from './history.ts'
import { freeBits, warmedUp } from './ways.ts'
import { figure, warmUp } from './words.ts'

/** Nats of KL below which the whole code says nothing. */
const NOTHING = 0.1

/** The whole code repeats the prior whatever the example. Bowman et al. 2016, §3. */
export function collapse(history: History): Found | undefined {
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
    gist: 'its code says nothing of the examples (posterior collapse)',
    said:
      `posterior collapse: after epoch ${told.epoch} the KL is ${figure(kl as number)} nats, ${units}` +
      `so the decoder gets by without the code at a reconstruction of ${figure(reconstruction)} nats; ` +
      `${rate.term.symbol} is ${rate.weight.text}`,
    ways: waysOf(history, rate),
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

function waysOf({ beta, recipe }: History, { term, weight }: WeightedTerm): Way[] {
  const { steps } = recipe.training
  const name = term.option
  if (beta === null)
    return [{ words: 'hold the KL to its target more firmly', options: { [name]: 10 * finalWeight(weight) } }]
  if (beta > 1)
    return [
      { words: 'charge less for the code', options: { [name]: 1 } },
      {
        words: 'something between, reached slowly',
        options: { [name]: warmUp(Math.max(1, Math.min(4, beta / 4)), steps) },
      },
    ]
  const { kind, options } = likelihoodOf(recipe.model)
  const hasNoise = kind.variance(options) !== undefined
  return [
    ...(weight.kind.name === 'constant' ? [warmedUp(name, beta, steps)] : []),
    freeBits,
    ...(hasNoise ? [{ words: 'let σ follow the residual', options: { objective: 'sigma-vae' } }] : []),
  ]
}
