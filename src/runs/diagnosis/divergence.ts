import { finalWeight, parseWeight } from '../../objective/schedule.ts'
import type { Recipe } from '../../recipe/recipe.ts'
import type { Found, Way } from './finding.ts'
import { finalLoss, type History } from './history.ts'
import { figure } from './words.ts'

/** Share of what training had gained that must be lost again. */
const LOST = 0.5
/** Epochs on end that must lie above the start, and their share of all: what is thrown up and comes back has not run away. */
const ON_END = { fewest: 3, share: 0.1 }

/** Training itself got worse than it began. */
export function divergence(history: History): Found | undefined {
  const loss = finalLoss(history)
  const losses = history.epochs.map(({ train }) => loss(train))
  const step = history.events.find((event) => event.kind === 'step')
  const first = step ? loss(step) : losses[0]
  const [best, worst, last] = [Math.min(...losses), Math.max(...losses), losses[losses.length - 1]]
  const gain = Math.max(0, first - best)
  const isLost = last - best > Math.max(LOST * gain, 0.05 * Math.abs(best))
  const end = history.epochs.at(-1)?.epoch ?? 0
  // A log holds fewer lines of late epochs than of early ones.
  const late = history.epochs.filter(({ epoch }) => epoch > (1 - ON_END.share) * end)
  const latest = losses.slice(-Math.max(ON_END.fewest, late.length))
  if (!isLost || !latest.every((own) => own > first)) return undefined
  const epochOf = (value: number) => history.epochs[losses.indexOf(value)].epoch
  return {
    code: 'diagnosis/divergence',
    severity: 'problem',
    gist: 'training ran away',
    said:
      `training runs away: its loss, ${figure(first)} nats at first, was ${figure(worst)} in epoch ${epochOf(worst)}, ` +
      `${figure(best)} at best in epoch ${epochOf(best)}, and is ${figure(last)} in epoch ${history.epochs.at(-1)?.epoch}`,
    ways: calmer(history.recipe),
  }
}

/** What calms a training that runs away. */
export const calmer = ({ training: { learningRate }, model }: Recipe): Way[] => [
  { words: 'take smaller steps', options: { lr: finalWeight(parseWeight(learningRate, model)) / 10 } },
  { words: 'bound them', options: { clip: 10 } },
]
