import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { peerUser } from './peer-user.ts'

/** How a request was let in: it brought the token along, or its address has it and is to be rid of it. */
export type Entry = 'known' | 'by-address'

/** Who may read: whoever holds the token, which is in the printed address and in the cookie that this leaves. */
export interface Access {
  /** The address to print. */
  readonly url: string
  /** What `Set-Cookie` says to a browser that came by the address. */
  readonly cookie: string
  /**
   * An address that opens once and soon, for a browser that we start: what is in a command line can be read by everyone
   * on a machine.
   */
  urlOnce(): string
  /** Undefined for whoever has no token. */
  enter(request: IncomingMessage, query: URLSearchParams): Promise<Entry | undefined>
}

/** Name of the token in the printed address. */
const IN_ADDRESS = 'token'
/** A browser may take so long to start. */
const ONCE_FOR_MS = 120_000

/** 192 random bits, in characters that an address takes as they are. */
export const newToken = (): string => randomBytes(24).toString('base64url')

/** Access by one token to a server at an address of this machine. */
export function accessBy(token: string, { address, port }: AddressInfo): Access {
  // Cookies do not tell ports apart: the name does, so that two studios do not forget each other.
  const cookieName = `betavae-studio-${port}`
  const addressWith = (word: string) => `http://${address}:${port}/?${IN_ADDRESS}=${word}`
  let once: { readonly word: string; readonly until: number } | undefined
  return {
    url: addressWith(token),
    cookie: `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict`,
    urlOnce() {
      once = { word: newToken(), until: Date.now() + ONCE_FOR_MS }
      return addressWith(once.word)
    },
    async enter(request, query) {
      const { headers, method } = request
      const brought = [
        ...cookies(headers.cookie, cookieName),
        /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
      ]
      const isKnown = brought.some((word) => isSame(word, token))
      const said = query.get(IN_ADDRESS)
      if (said === null) return isKnown ? 'known' : undefined
      if (isKnown || isSame(said, token)) return 'by-address'
      if (method !== 'GET' || !once || !isSame(said, once.word) || Date.now() > once.until) return undefined
      const asked = once
      if ((await peerUser(request.socket)) === 'another') return undefined
      // Another request may have come in by it meanwhile.
      if (once !== asked) return undefined
      once = undefined
      return 'by-address'
    },
  }
}

const cookies = (header: string | undefined, name: string): string[] =>
  (header ?? '')
    .split(/; */)
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))

/** Compares in a time that does not tell how much of a word was right. */
const isSame = (word: string | undefined, token: string): boolean =>
  word !== undefined && timingSafeEqual(digest(word), digest(token))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
