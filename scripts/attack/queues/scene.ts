import { openQueue, queueJobs, withoutPassword } from '../../../src/inside.node.ts'
import type { PostgresServer } from '../../../test/databases/postgres-server.ts'
import { BUILT, programOf, type Started } from '../kills/program.ts'

/** Where a queue is attacked. */
export interface Scene {
  readonly place: string
  readonly server: PostgresServer
  readonly tell: (line: string) => void
}

/** The built command line, with a module loaded before that does nothing. */
const program = programOf(BUILT, 'data:text/javascript,')

export const begin = ({ place }: Scene, ...words: readonly string[]): Started => program(place, words, {})

export async function done(scene: Scene, ...words: readonly string[]): Promise<string> {
  const { code, text } = await begin(scene, ...words).ended
  if (code !== 0) throw new Error(text)
  return text
}

export const openedQueue = ({ server }: Scene) => openQueue(withoutPassword(server.secretUrl))

/** How many jobs of a queue have come to an end. */
export async function finishedIn(scene: Scene): Promise<number> {
  await using queue = await openedQueue(scene)
  return (await queueJobs(queue)).filter(({ state }) => state === 'finished').length
}
