import { type EpochEvent, format } from '../../../inside.node.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type Pace, paceFrom } from './pace.ts'
import type { Viewer } from './viewer.ts'
import { lossWords, nats, startWords } from './words.ts'

/** Milliseconds between two lines: of a thousand short epochs nobody reads each. */
const BETWEEN = 1000

/** For files and pipes: a line for the first epoch, for the last, and between them one a second at most. */
export function plainViewer(terminal: Terminal, now: () => number = () => performance.now()): Viewer {
  let pace: Pace | undefined
  let told = Number.NEGATIVE_INFINITY
  return {
    show(event) {
      if (event.kind === 'start') {
        pace = paceFrom(event)
        terminal.say(startWords(event))
      }
      if (event.kind === 'warning') terminal.say(`warning: ${event.message} [${event.code}]`)
      if (event.kind !== 'epoch' || !pace) return
      if (now() - told < BETWEEN && pace.share(event.step) < 1) return
      told = now()
      terminal.say(epochLine(event, pace, terminal.errWidth()))
    },
    close: () => undefined,
  }
}

/** What an epoch came to, on one line: where that is too narrow, without the speed, then without the parts of the loss. */
function epochLine(
  { epoch, step, train, validation, examplesPerSecond }: EpochEvent,
  pace: Pace,
  width: number,
): string {
  const judged =
    validation && (validation.elbo === null ? ['loss', validation.loss] : ['ELBO', validation.elbo])
  const place = `epoch ${String(epoch).padStart(String(pace.epochs).length)}/${pace.epochs}`
  const [loss, ...losses] = lossWords(train)
  const validated = judged ? [`validation ${judged[0]} ${nats(Number(judged[1]))}`] : []
  const speed = `${format.wholeNumber(examplesPerSecond)} examples/s`
  const left = `${format.duration(pace.secondsLeft(step))} left`
  const lines = [
    [place, loss, ...losses, ...validated, speed, left],
    [place, loss, ...losses, ...validated, left],
    [place, loss, ...validated, left],
  ].map((parts) => parts.join('  '))
  return lines.find((line) => line.length <= width) ?? lines[lines.length - 1]
}
