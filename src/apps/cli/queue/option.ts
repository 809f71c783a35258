import { BetavaeError, withoutPassword } from '../../../inside.node.ts'
import { text } from '../options.ts'

/** Where jobs lie; its password is remembered and shown nowhere. */
export const queueOption = {
  ...text('<place>', 'URL of a PostgreSQL database, or a folder'),
  read: (given: string): string => withoutPassword(given),
}

/** Error, usage: `cli/queue`. */
export function wantedQueue(place: string | undefined): string {
  if (place !== undefined) return place
  throw new BetavaeError({
    code: 'cli/queue',
    seen: 'no --queue',
    wanted: 'where the jobs lie',
    fix: 'give --queue the URL of a database, or a folder',
    usage: true,
  })
}
