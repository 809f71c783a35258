import {
  BetavaeError,
  cancelJob,
  cleanQueue,
  format,
  jobOf,
  type openQueue,
  pauseQueue,
  resumeQueue,
  retryJob,
} from '../../../inside.node.ts'
import { refuseArgument } from '../options.ts'

type Queue = Awaited<ReturnType<typeof openQueue>>

interface Action {
  readonly name: string
  readonly takesJob: boolean
  readonly purpose: string
  /** Does it, and gives what is said of it. */
  readonly run: (queue: Queue, id: string) => Promise<string | undefined>
}

/** What can be done with a queue. */
export const actions: readonly Action[] = [
  {
    name: 'pause',
    takesJob: false,
    purpose: 'no job is taken any more; those that run go on',
    async run(queue) {
      await pauseQueue(queue)
      return 'paused; go on with: betavae queue resume --queue <the same>'
    },
  },
  {
    name: 'resume',
    takesJob: false,
    purpose: 'jobs are taken again',
    run: (queue) => resumeQueue(queue).then(() => undefined),
  },
  {
    name: 'retry',
    takesJob: true,
    purpose: 'once more: one that failed or was cancelled goes on, a finished one is trained anew',
    run: async (queue, id) => retryJob(queue, await jobOf(queue, id)).then(() => undefined),
  },
  {
    name: 'cancel',
    takesJob: true,
    purpose: 'take one out, also from its worker',
    run: async (queue, id) => cancelJob(queue, await jobOf(queue, id)).then(() => undefined),
  },
  {
    name: 'clean',
    takesJob: false,
    purpose: 'remove now those whose sweeps have them, which else goes by itself a day later',
    run: async (queue) => `${format.counted(await cleanQueue(queue, { kept: 0 }), 'job')} removed`,
  },
]

/** What a word and an id ask for. Errors, usage: `cli/argument`, `cli/queue-job`. */
export function actionOf(
  word: string,
  id: string | undefined,
): (queue: Queue) => Promise<string | undefined> {
  const action = actions.find(({ name }) => name === word)
  if (!action)
    return refuseArgument(
      'action',
      word,
      actions.map(({ name }) => name),
    )
  if (action.takesJob !== (id !== undefined)) refuseJob(action, id)
  return (queue) => action.run(queue, id ?? '')
}

function refuseJob({ name, takesJob }: Action, id: string | undefined): never {
  throw new BetavaeError({
    code: 'cli/queue-job',
    seen: takesJob ? `${name} without a job` : `${name} with "${id}"`,
    wanted: takesJob ? 'the id of one job' : 'no more than that word: it is about the whole queue',
    fix: takesJob
      ? `list the jobs with betavae queue, then for example: betavae queue ${name} 3f2a9c`
      : `write betavae queue ${name}`,
    usage: true,
  })
}
