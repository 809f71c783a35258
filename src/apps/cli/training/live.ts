import { format, type StepEvent } from '../../../inside.node.ts'
import { bar } from '../terminal/letters.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type Pace, paceFrom } from './pace.ts'
import type { Viewer } from './viewer.ts'
import { lossWords, nats, startWords } from './words.ts'

const REDRAW_MS = 100
/** Share of a new step in the numbers shown, so that they can be read. */
const FRESH = 0.05
const WIDEST_BAR = 30
const CLEAR = '\r\u001b[K'

type Losses = Pick<StepEvent, 'loss' | 'reconstruction' | 'kl'>

const mixed = (old: number, fresh: number): number => old + FRESH * (fresh - old)
const smoothed = (old: Losses | undefined, { loss, reconstruction, kl }: Losses): Losses =>
  old
    ? {
        loss: mixed(old.loss, loss),
        reconstruction: mixed(old.reconstruction, reconstruction),
        kl: kl === null || old.kl === null ? null : mixed(old.kl, kl),
      }
    : { loss, reconstruction, kl }

/** One line that is redrawn: epoch, bar, losses, speed and time left, cut to the terminal's width. */
export function liveViewer(terminal: Terminal): Viewer {
  const { dim, accent, warn } = terminal.errStyle
  let pace: Pace | undefined
  let losses: Losses | undefined
  let judged = ''
  let drawn = Number.NEGATIVE_INFINITY
  const draw = (
    { step, epoch }: StepEvent,
    { epochs, share, examplesPerSecond, secondsLeft }: Pace,
    now: Losses,
  ) => {
    const words = [
      `epoch ${epoch}/${epochs}`,
      ...lossWords(now, 'recon'),
      `${format.wholeNumber(examplesPerSecond(step))} ex/s`,
      ...(judged === '' ? [] : [judged]),
      `${format.duration(secondsLeft(step))} left`,
    ]
    terminal.paint(CLEAR + fitted(words, share(step), terminal.width(), { dim, accent }))
  }
  return {
    show(event) {
      if (event.kind === 'start') {
        pace = paceFrom(event)
        terminal.say(dim(startWords(event)))
      }
      if (event.kind === 'warning') {
        terminal.paint(CLEAR)
        terminal.say(`${warn('warning')} ${event.message} ${dim(`[${event.code}]`)}`)
      }
      if (event.kind === 'epoch' && event.validation?.elbo != null)
        judged = `validation ELBO ${nats(event.validation.elbo)}`
      if (event.kind !== 'step' || !pace) return
      losses = smoothed(losses, event)
      if (performance.now() - drawn < REDRAW_MS) return
      drawn = performance.now()
      draw(event, pace, losses)
    },
    close: () => terminal.paint(CLEAR),
  }
}

/** As many words as fit, in their order of worth, and a bar in what is left. */
export function fitted(
  words: readonly string[],
  share: number,
  width: number,
  { dim, accent }: Pick<Terminal['errStyle'], 'dim' | 'accent'>,
): string {
  const shown = [...words]
  const lengthOf = () => shown.join('  ').length
  // What stands in the middle goes first: the epoch and the time left are wanted most.
  while (shown.length > 2 && lengthOf() > width - 1) shown.splice(-2, 1)
  if (lengthOf() > width - 1) return shown.join('  ').slice(0, Math.max(0, width - 1))
  const room = Math.min(WIDEST_BAR, width - 1 - lengthOf() - 2)
  if (room < 4) return shown.join('  ')
  const filled = bar(share, room)
  const [first, ...rest] = shown
  return [first, accent(filled) + dim('·'.repeat(room - filled.length)), ...rest].join('  ')
}
