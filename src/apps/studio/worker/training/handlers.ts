import type { Dataset } from '../../../../inside.ts'
import type { Report } from '../../protocol.ts'
import type { Engines } from '../engines.ts'
import { studioError } from '../failure.ts'
import type { Handlers } from '../handlers.ts'
import { Course } from './course.ts'

/** What training needs of the desk. */
interface Room {
  readonly engines: Engines
  dataset(): Dataset
  readonly tell: (report: Report) => void
}

type TrainingCommand = 'start' | 'pause' | 'resume' | 'step' | 'stop' | 'setWeight' | 'watch' | 'snapshot'

/** The training that runs or ran last, and the commands that steer it. */
export function trainingDesk({ engines, dataset, tell }: Room): {
  readonly handlers: Handlers<TrainingCommand>
  /** Error: `studio/no-training`. */
  course(): Course
} {
  let current: Course | undefined
  let isWatched = true
  /** Starts come one after the other: the second ends the first, whenever it was asked for. */
  let starting: Promise<unknown> = Promise.resolve()
  const course = () => current ?? refuseTraining('no training was started')
  const live = () => (course().isOver ? refuseTraining('a training that has ended') : course())
  const done = async (act: () => unknown) => {
    await act()
    return null
  }
  return {
    course,
    handlers: {
      start(request) {
        const begin = async () => {
          const data = dataset()
          await current?.stop()
          const begun = await Course.begin({ request, dataset: data, engines, tell })
          current = begun.course
          current.isWatched = isWatched
          return begun.started
        }
        const begun = starting.then(begin)
        starting = begun.catch(() => undefined)
        return begun
      },
      pause: () => done(() => live().pause()),
      resume: () => done(() => live().resume()),
      step: ({ count }) => done(() => live().resume(count)),
      stop: () => done(() => current?.stop()),
      setWeight: ({ term, weight }) => done(() => live().setWeight(term, weight)),
      watch: ({ fresh }) =>
        done(() => {
          isWatched = fresh
          if (current) current.isWatched = fresh
        }),
      snapshot: async () => live().snapshot(),
    },
  }
}

function refuseTraining(seen: string): never {
  throw studioError({
    code: 'studio/no-training',
    seen,
    wanted: 'a training that is under way',
    fix: 'start one in Train',
  })
}
