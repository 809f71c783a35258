import { type EpochEvent, format } from '../../../inside.node.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type Pace, paceFrom } from './pace.ts'
import type { Viewer } from './viewer.ts'
import { lossWords, nats, startWords } from './words.ts'

/** One line an epoch, for files and pipes. */
export function plainViewer(terminal: Terminal): Viewer {
  let pace: Pace | undefined
  return {
    show(event) {
      if (event.kind === 'start') {
        pace = paceFrom(event)
        terminal.say(startWords(event))
      }
      if (event.kind === 'warning') terminal.say(`warning: ${event.message} [${event.code}]`)
      if (event.kind === 'epoch' && pace) terminal.say(epochLine(event, pace))
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
