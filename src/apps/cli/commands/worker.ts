import { openQueue, workOnQueue } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { toggle, whole, withFallback } from '../options.ts'
import { queueOption, wantedQueue } from '../queue/option.ts'
import { jsonLine } from '../training/json.ts'

export const command = defineCommand({
  arguments: [],
  options: {
    queue: queueOption,
    jobs: withFallback(whole('jobs at once', 1, 2), 1),
    'until-empty': toggle('end when nothing waits or runs'),
    json: toggle('print one event a line, as JSON'),
  },
  examples: [
    ['--queue postgres://ann@host/jobs', 'work until stopped'],
    ['--queue postgres://ann@host/jobs --jobs 2 --until-empty', 'as a step of a script'],
  ],
  async run({ values: { queue: place, jobs, 'until-empty': untilEmpty, json }, terminal, signal }) {
    await using queue = await openQueue(wantedQueue(place))
    if (!json) terminal.say('waiting for jobs')
    await workOnQueue(queue, {
      ...{ jobs, untilEmpty, signal },
      tell(event) {
        if (json) jsonLine(terminal, event)
        else
          terminal.say(`${event.kind} ${event.name}${event.reason === undefined ? '' : `: ${event.reason}`}`)
      },
    })
    return signal.aborted ? exitCodes.interrupted : exitCodes.done
  },
})
