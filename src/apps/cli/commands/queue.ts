import { format, openQueue, pausedSince, type QueueJob, queueJobs } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json } from '../options.ts'
import { actionOf, actions } from '../queue/actions.ts'
import { queueOption, wantedQueue } from '../queue/option.ts'
import { printRecords } from '../terminal/records.ts'

export const command = defineCommand({
  arguments: [
    {
      name: 'action',
      description: `${actions.map(({ name }) => name).join(', ')}; without one, how the jobs stand`,
      optional: true,
    },
    { name: 'id', description: 'of a job: its beginning is enough', optional: true },
  ],
  options: { queue: queueOption, json },
  examples: [
    ['--queue postgres://ann@host/jobs', 'how the jobs stand'],
    ...actions.map(
      ({ name, takesJob, purpose }) =>
        [`${name}${takesJob ? ' 3f2a9c' : ''} --queue postgres://ann@host/jobs`, purpose] as const,
    ),
  ],
  async run({ args: [name, id], values: { queue: place, json }, terminal }) {
    const action = name === undefined ? undefined : actionOf(name, id)
    await using queue = await openQueue(wantedQueue(place))
    const said = await action?.(queue)
    if (said) terminal.say(said)
    const jobs = await queueJobs(queue)
    const isPaused = (await pausedSince(queue)) !== undefined
    if (json) terminal.out(`${JSON.stringify(jobs.map(record), null, 2)}\n`)
    else if (jobs.length === 0) terminal.say('no jobs')
    else
      await printRecords(
        terminal,
        () => ({ rows: [TITLES, ...jobs.map(cells)], sides: 'klllrrlL' }),
        () => ({
          columns: Object.keys(record(jobs[0])),
          rows: jobs.map((job) => Object.values(record(job))),
        }),
      )
    if (isPaused && name !== 'pause') terminal.say('the queue is paused')
    return exitCodes.done
  },
})

const TITLES = ['id', 'job', 'state', 'version', 'tries', 'steps', 'worker', 'error']
const SHOWN = 10

const cells = ({ key, name, state, version, attempts, step, steps, worker, error }: QueueJob): string[] => [
  key.slice(0, SHOWN),
  name,
  state,
  version,
  String(attempts),
  step === steps ? format.wholeNumber(steps) : `${format.wholeNumber(step)}/${format.wholeNumber(steps)}`,
  state === 'running' ? (worker ?? '') : '',
  error ? error.message : '',
]

const record = (job: QueueJob) => {
  const { key, kind, name, state, version, priority, attempts, step, steps, worker, error } = job
  return {
    ...{ id: key, kind, name, state, version, priority, attempts, step, steps, worker },
    error: error?.message ?? null,
  }
}
