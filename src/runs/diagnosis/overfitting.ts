import { meanOf } from '../../base/math/sums.ts'
import type { EpochEvent } from '../../train/events.ts'
import { divergence } from './divergence.ts'
import type { Found, Way } from './finding.ts'
import { finalLoss, type History } from './history.ts'
import { figure } from './words.ts'

/** Epochs that the end is averaged over, and that must lie between the best one and the end. */
const LAST = 5
/** Shares of what validation had gained in all, that it has lost again. */
const NOTED = 0.05
const WARNED = 0.1

/** Validation has turned up while training goes on falling. */
export function overfitting(history: History): Found | undefined {
  const { epochs, recipe } = history
  const judgedEpochs = epochs.filter(({ validation }) => validation)
  // With patience, it was stopped in time.
  if (divergence(history) || recipe.training.patience !== null || judgedEpochs.length < LAST + 2)
    return undefined
  const loss = finalLoss(history)
  const held = judgedEpochs.map(({ validation }) => loss(validation as NonNullable<typeof validation>))
  const trained = judgedEpochs.map(({ train }) => loss(train))
  const best = held.indexOf(Math.min(...held))
  const [end, trainedEnd] = [held, trained].map((all) => meanOf(all.slice(-LAST)))
  const [rise, gain] = [end - held[best], held[0] - held[best]]
  if (held.length - 1 - best < LAST || rise <= NOTED * gain || trainedEnd >= trained[best]) return undefined
  const [from, to] = [judgedEpochs[best], judgedEpochs.at(-1) as EpochEvent]
  return {
    code: 'diagnosis/overfitting',
    severity: rise > WARNED * gain ? 'warning' : 'note',
    gist: 'it has begun to memorize (overfitting)',
    said:
      `overfitting: the validation loss was best after epoch ${from.epoch} at ${figure(held[best])} nats and is ` +
      `${figure(end)} after epoch ${to.epoch}, while the training loss went on from ${figure(trained[best])} to ` +
      `${figure(trainedEnd)}${rowWords(history)}`,
    ways: waysOf(history, from.epoch),
  }
}

function rowWords({ events }: History): string {
  const start = events.find((event) => event.kind === 'start')
  return start ? `; ${start.parameters} parameters learn from ${start.examples.train} examples` : ''
}

function waysOf({ recipe, epochs }: History, best: number): Way[] {
  const last = epochs.at(-1)?.epoch ?? best
  const patience = Math.max(3, Math.round(Math.min(last, 2 * best) / 10))
  const { keep } = recipe.training
  const { hidden = [] } = recipe.model.architecture as { readonly hidden?: readonly number[] }
  const quarter = hidden.map((width) => Math.max(8, Math.round(width / 4))).join(',')
  return [
    {
      words:
        keep === 'best' ? 'stop in time: the best epoch is kept' : 'stop in time, which keeps the best epoch',
      options: { patience },
    },
    { words: 'weight decay', options: { l2: 0.0001 } },
    ...(hidden.length > 0 ? [{ words: 'a smaller network', options: { hidden: quarter } }] : []),
    { words: 'more data' },
  ]
}
