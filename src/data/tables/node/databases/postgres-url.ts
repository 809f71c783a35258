import { sourceParts, withoutSourcePassword } from '../../../../base/source-password.ts'

/** Whether a source names a PostgreSQL database. */
export const isPostgres = (source: string): boolean => /^postgres(?:ql)?:\/\//i.test(source)

/** Passwords that were given in URLs, by the URL of the database without it; of this process alone, never written. */
const passwords = new Map<string, string>()

/** The URL of a database, without what stands after `#`. */
export const databaseOf = (url: string): string => withoutSourcePassword(url).replace(/#[^#]*$/, '')

/** A password as it is meant where it is percent-encoded. */
function decoded(password: string): string {
  try {
    return decodeURIComponent(password)
  } catch {
    return password
  }
}

/** The password of a URL, as it is meant. */
function passwordIn(url: string): string | undefined {
  const { password } = sourceParts(url)
  return password === undefined ? undefined : decoded(password)
}

/** A source without its password; that of a database is remembered by this process for when it is opened. */
export function withoutPassword(source: string): string {
  const { shown, password } = sourceParts(source)
  if (password !== undefined && isPostgres(source)) passwords.set(databaseOf(shown), decoded(password))
  return shown
}

/** The password that was given for the database of this URL, if any. */
export const passwordFor = (source: string): string | undefined =>
  passwordIn(source) ?? passwords.get(databaseOf(source))

/** What this process remembers, for a thread of it, which does not. */
export const rememberedPasswords = (): readonly (readonly [string, string])[] => [...passwords]

export function rememberPasswords(known: readonly (readonly [string, string])[]): void {
  for (const [url, password] of known) passwords.set(url, password)
}
