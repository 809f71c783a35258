import { type LoggedEvent, logged } from '../../../inside.node.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Viewer } from './viewer.ts'

/** One event a line on stdout, as the run's log has them; the end is left to who knows where the run is. */
export function jsonViewer(terminal: Terminal): Viewer {
  let totalSteps = 1
  return {
    show(event) {
      if (event.kind === 'start') totalSteps = event.totalSteps
      if (event.kind === 'warning') terminal.say(`warning: ${event.message} [${event.code}]`)
      const line = event.kind === 'end' ? undefined : logged(event, totalSteps)
      if (line) jsonLine(terminal, line)
    },
    close: () => undefined,
  }
}

export const jsonLine = (terminal: Terminal, event: LoggedEvent | object): void =>
  terminal.out(`${JSON.stringify(event)}\n`)
