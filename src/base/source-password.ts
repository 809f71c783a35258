/** Databases by their scheme, also where that is mistyped: without a colon, or with one slash or none. */
const DATABASE =
  /^((?:postgre\w*|pgsql|psql|mysql|mariadb|mssql|sqlserver|mongodb(?:\+srv)?|rediss?|jdbc:\w+)(?::\/*|\/+)[^:]*):(.*)@/is
/** Any other URL; digits before a slash are a port. */
const OTHER = /^([a-z][a-z\d+.-]+:\/+[^:/]*):(?!\d+(?:\/|$))(.*)@/is
/** What stands behind a host is its port. */
const PORT = /^\d+(?:[/?#]|$)/
/** A parameter of a URL, up to the next one or to the name of the table. */
const PARAMETER = /([?&])(?:(?:ssl)?password|passwd|pwd)=(.*?)(?:&|(?=#[^#]*$)|$)/gis
/** What libpq takes besides URLs: words with values, those with blanks in quotes. */
const WORDS = /(?:^|\s)(?:host|hostaddr|port|dbname|user|service|sslmode)\s*=/i
const WORD =
  /\s*(?<!\S)(?:(?:ssl)?password|passwd|pwd)\s*=\s*('(?:\\.|[^'\\])*'(?=\s|$)|.*?(?=\s+[a-z_]+\s*=|$))/gis

/** A source of data as it can be shown and kept, and the password that was in it, as it was written. */
export interface SourceParts {
  readonly shown: string
  readonly password?: string
}

/**
 * Takes the password out of a source: a URL alone, whose password is all between the first colon behind the scheme and the
 * last @, whatever it holds, or the words that libpq takes.
 */
export function sourceParts(source: string): SourceParts {
  const all = DATABASE.exec(source) ?? OTHER.exec(source)
  // An @ before the colon ends the user: unless a user's name holds one, there is no password behind it.
  const found = all?.[1].includes('@') && PORT.test(all[2]) ? null : all
  let password = found?.[2]
  const keep = (given: string): void => {
    password ??= given
  }
  let shown = found === null ? source : `${found[1]}${source.slice(found[0].length - 1)}`
  if (WORDS.test(shown) && !shown.includes('://'))
    shown = shown
      .replace(WORD, (_, given: string) => {
        keep(given)
        return ''
      })
      .trim()
  else if (shown.includes('://'))
    shown = shown.replace(PARAMETER, (all, before: string, given: string) => {
      keep(given)
      return all.endsWith('&') ? before : ''
    })
  return password === undefined || password === '' ? { shown } : { shown, password }
}

/** A source without the password in it. */
export const withoutSourcePassword = (source: string): string => sourceParts(source).shown
