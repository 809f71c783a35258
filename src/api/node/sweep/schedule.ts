import type { Member } from '../../../sweep/plan.ts'

/**
 * Works members off, in their order and up to `jobs` at once, each after the one that it starts from.
 *
 * The first error stops what runs; it is thrown when all has come to rest.
 */
export async function inTurn(
  members: readonly Member[],
  jobs: number,
  { signal, stop }: { readonly signal: AbortSignal; readonly stop: () => void },
  work: (member: Member) => Promise<void>,
): Promise<void> {
  const waiting = [...members]
  const running = new Set<Promise<void>>()
  const done = new Set<string>()
  const isReady = ({ from }: Member) => from === undefined || done.has(from)
  const start = (member: Member) => {
    const task = work(member).then(() => void done.add(member.name))
    running.add(task)
    task.then(
      () => running.delete(task),
      () => undefined,
    )
  }
  try {
    for (;;) {
      const next = running.size < jobs && !signal.aborted ? waiting.findIndex(isReady) : -1
      if (next >= 0) start(waiting.splice(next, 1)[0])
      else if (running.size > 0) await Promise.race(running)
      else return
    }
  } catch (error) {
    stop()
    await Promise.allSettled(running)
    throw error
  }
}
