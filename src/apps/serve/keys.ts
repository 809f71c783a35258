import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { fail } from '../../inside.node.ts'
import { LOCAL } from '../server/guard.ts'

/** Throws `serve/key` unless the headers have one of the keys, and `serve/host` for another name of this machine. */
export type Door = (headers: IncomingHttpHeaders) => void

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/

/**
 * Who may ask: whoever has one of the keys, as `Authorization: Bearer` or `X-API-Key`; without keys everybody, but on an
 * address of this machine alone no page elsewhere whose name was made to mean it (DNS rebinding).
 */
export function doorOf(keys: readonly string[], host: string): Door {
  const digests = keys.map(digestOf)
  if (digests.length === 0) return LOOPBACK.test(host) ? refuseStrangers : () => undefined
  return ({ authorization, 'x-api-key': plain }) => {
    const given = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1] ?? (typeof plain === 'string' ? plain : '')
    const own = digestOf(given)
    // All of them are compared, in a time that does not tell which was near.
    if (digests.filter((digest) => timingSafeEqual(digest, own)).length > 0) return
    fail({
      code: 'serve/key',
      seen: given === '' ? 'a request without a key' : 'a key that is not one of this server',
      wanted: 'one of its keys',
      fix: 'send it as Authorization: Bearer <key>, or as X-API-Key',
      usage: true,
    })
  }
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Every browser names a host; HTTP/1.0 need not. */
function refuseStrangers({ host }: IncomingHttpHeaders): void {
  if (host === undefined || LOCAL.test(host)) return
  fail({
    code: 'serve/host',
    seen: `a request to "${host.slice(0, 60)}"`,
    wanted: 'localhost or 127.0.0.1',
    fix: 'ask by that name; by others where the server has --keys or another --host',
    usage: true,
  })
}
