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
      terminal.say(epochLine(event, pace))
    },
    close: () => undefined,
  }
}

function epochLine({ epoch, step, train, validation, examplesPerSecond }: EpochEvent, pace: Pace): string {
  const judged =
    validation && (validation.elbo === null ? ['loss', validation.loss] : ['ELBO', validation.elbo])
  return [
    `epoch ${String(epoch).padStart(String(pace.epochs).length)}/${pace.epochs}`,
    ...lossWords(train),
    ...(judged ? [`validation ${judged[0]} ${nats(Number(judged[1]))}`] : []),
    `${format.whole(examplesPerSecond)} examples/s`,
    `${format.duration(pace.secondsLeft(step))} left`,
  ].join('  ')
}
