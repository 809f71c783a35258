import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'

/** Where Linux lists connections of IPv4, each with the user whose it is. */
const LIST = '/proc/net/tcp'

/** Whether the process at the other end of a connection within this machine is of our user, where the system says. */
export async function peerUser({ remotePort, localPort }: Socket): Promise<'ours' | 'another' | 'unknown'> {
  const list = await readFile(LIST, 'utf8').catch(() => undefined)
  const own = process.getuid?.()
  if (list === undefined || own === undefined) return 'unknown'
  for (const line of list.split('\n').slice(1)) {
    const [, near, far, , , , , user] = line.trim().split(/\s+/)
    if (portOf(near) === remotePort && portOf(far) === localPort)
      return Number(user) === own ? 'ours' : 'another'
  }
  // Somebody who has hung up already: nobody is answered.
  return 'another'
}

/** Of `0100007F:1092`. */
const portOf = (place: string | undefined): number => Number.parseInt(place?.split(':')[1] ?? '', 16)
