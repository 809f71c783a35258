import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { fail } from '../../inside.node.ts'

/** Throws `serve/key` unless the headers have one of the keys. */
export type Door = (headers: IncomingHttpHeaders) => void

/** Who may ask: whoever has one of the keys, as `Authorization: Bearer` or `X-API-Key`; without keys everybody. */
export function doorOf(keys: readonly string[]): Door {
  const digests = keys.map(digestOf)
  if (digests.length === 0) return () => undefined
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
