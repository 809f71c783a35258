import {
  cancelJob,
  format,
  jobOf,
  openQueue,
  type QueueJob,
  queueJobs,
  retryJob,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json, text } from '../options.ts'
import { queueOption, wantedQueue } from '../queue/option.ts'
import { printRecords } from '../terminal/records.ts'

export const command = defineCommand({
  arguments: [],
  options: {
    queue: queueOption,
    retry: text('<id>', 'put a failed or cancelled job back'),
    cancel: text('<id>', 'take a job out, also from its worker'),
    json,
  },
  examples: [
    ['--queue postgres://ann@host/jobs', 'how the jobs stand'],
    ['--queue postgres://ann@host/jobs --retry 3f2a9c', 'one that failed, once more'],
  ],
  async run({ values: { queue: place, retry, cancel, json }, terminal }) {
    await using queue = await openQueue(wantedQueue(place))
    if (cancel !== undefined) await cancelJob(queue, await jobOf(queue, cancel))
    if (retry !== undefined) await retryJob(queue, await jobOf(queue, retry))
    const jobs = await queueJobs(queue)
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
  step === steps ? format.whole(steps) : `${format.whole(step)}/${format.whole(steps)}`,
  state === 'running' ? (worker ?? '') : '',
  error ? error.message : '',
]

const record = ({ key, kind, name, state, version, attempts, step, steps, worker, error }: QueueJob) => ({
  ...{ id: key, kind, name, state, version, attempts, step, steps, worker },
  error: error?.message ?? null,
})
