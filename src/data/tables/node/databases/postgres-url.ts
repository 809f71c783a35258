import { withoutPasswords } from '../../../../base/passwords.ts'

/** Whether a source names a PostgreSQL database. */
export const isPostgres = (source: string): boolean => /^postgres(?:ql)?:\/\//i.test(source)

/** Passwords that were given in URLs, by the URL of the database without it; of this process alone, never written. */
const passwords = new Map<string, string>()

/** The URL of a database, without what stands after `#`. */
const databaseOf = (url: string): string => withoutPasswords(url).replace(/#.*$/, '')

/** The password of a URL, as it is meant where it is percent-encoded. */
function passwordIn(url: string): string | undefined {
  const given = /^[^:]*:\/\/[^\s:/@]*:(.*)@/.exec(url)?.[1] ?? /[?&]password=([^&#]*)/.exec(url)?.[1]
  if (given === undefined || given === '') return undefined
  try {
    return decodeURIComponent(given)
  } catch {
    return given
  }
}

/** A source without its password, which this process remembers for when the database is opened. */
export function withoutPassword(source: string): string {
  if (!isPostgres(source)) return source
  const password = passwordIn(source)
  if (password !== undefined) passwords.set(databaseOf(source), password)
  return withoutPasswords(source)
}

/** The password that was given for the database of this URL, if any. */
export const passwordFor = (source: string): string | undefined =>
  passwordIn(source) ?? passwords.get(databaseOf(source))

/** What this process remembers, for a thread of it, which does not. */
export const rememberedPasswords = (): readonly (readonly [string, string])[] => [...passwords]

export function rememberPasswords(known: readonly (readonly [string, string])[]): void {
  for (const [url, password] of known) passwords.set(url, password)
}
