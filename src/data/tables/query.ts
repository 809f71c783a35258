import { fail } from '../../base/errors.ts'
import { withoutPasswords } from '../../base/passwords.ts'

/** What stands in SQL where no keyword is meant: texts, names in quotes, comments. */
const SKIPPED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g

/** The words of a query outside of texts and comments. */
const bare = (query: string): string =>
  query.replace(SKIPPED, (skipped) => (skipped.startsWith('-') || skipped.startsWith('/*') ? ' ' : 'x'))

/** What stands outside of all parentheses. */
function outermost(words: string): string {
  let depth = 0
  let out = ''
  for (const character of words) {
    if (character === '(') depth++
    if (depth === 0) out += character
    if (character === ')') depth = Math.max(0, depth - 1)
  }
  return out
}

/** Whether a query says in which order its rows come. */
export const isOrdered = (query: string): boolean => /\border\s+by\b/i.test(outermost(bare(query)))

/**
 * A query without its final semicolon, checked to be one that reads rows.
 *
 * Errors (usage): `query/not-a-query`, `query/password`.
 */
export function checkedQuery(query: string): string {
  const single = query.trim().replace(/[;\s]+$/, '')
  const words = bare(single)
  if (!/^\s*(?:select|with|values|table|from)\b/i.test(words) || words.includes(';'))
    fail({
      code: 'query/not-a-query',
      seen: `query "${shownQuery(query)}"`,
      wanted: 'one SELECT, whose rows are the table',
      fix: "write for example --query 'select * from visits order by id'",
      usage: true,
    })
  if (withoutPasswords(query) !== query || /\bpassword\s*=/i.test(query))
    fail({
      code: 'query/password',
      seen: 'a query with a password in it',
      wanted: 'a query that a recipe may hold',
      fix: 'name the database itself as the source, with its password in PGPASSWORD or in ~/.pgpass',
      usage: true,
    })
  return single
}

const shownQuery = (query: string): string => (query.length > 60 ? `${query.slice(0, 60)}…` : query)
