import { engineNames, openQueue, partKind, workOnQueue } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { oneOf, text, toggle, wholeNumber, withFallback } from '../options.ts'
import { makePartHere } from '../parts/make.ts'
import { queueOption, wantedQueue } from '../queue/option.ts'
import { jsonLine } from '../training/json.ts'

export const command = defineCommand({
  arguments: [],
  options: {
    queue: queueOption,
    jobs: withFallback(wholeNumber('jobs at once', 1, 2), 1),
    engine: oneOf('<name>', 'take jobs of this engine alone', engineNames),
    store: text('<folder>', "where the sweep's --store is on this machine (default: the same path)"),
    'until-empty': toggle('end when nothing waits or runs'),
    json: toggle('print one event a line, as JSON'),
  },
  examples: [
    ['--queue postgres://ann@host/jobs', 'work until stopped'],
    ['--queue postgres://ann@host/jobs --jobs 2 --until-empty', 'as a step of a script'],
  ],
  async run({ values, terminal, signal }) {
    const { jobs, engine, store, 'until-empty': untilEmpty, json } = values
    await using queue = await openQueue(wantedQueue(values.queue), { signal })
    if (!json) terminal.say('waiting for jobs')
    using make = makePartHere(terminal)
    await using parts = partKind(make)
    await workOnQueue(queue, {
      ...{ jobs, untilEmpty, engine, store, signal, kinds: { part: parts.perform } },
      tell(event) {
        if (json) jsonLine(terminal, event)
        else
          terminal.say(`${event.kind} ${event.name}${event.reason === undefined ? '' : `: ${event.reason}`}`)
      },
    })
    return signal.aborted ? exitCodes.interrupted : exitCodes.done
  },
})
