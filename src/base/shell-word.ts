/** A word as it can be pasted into a shell: in quotes where it holds anything that a shell would read. */
export function shellWord(word: string): string {
  // zsh takes a word that begins with = for the name of a command.
  if (/^(?!=)[\w@%+=:,./-]+$/.test(word)) return word
  if (CONTROLS.test(word)) return `$'${[...word].map(escaped).join('')}'`
  return `'${word.replaceAll("'", "'\\''")}'`
}

/** What a terminal obeys, or what would end the line: such a word is written by its codes (POSIX 2024, §2.2.4). */
const CONTROLS = /\p{Cc}/u

function escaped(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`
  if (!CONTROLS.test(character)) return character
  const bytes = new TextEncoder().encode(character)
  return [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}

/** A command of ours, its words quoted where they must be. */
export const commandLine = (...words: readonly string[]): string =>
  ['betavae', ...words.map(shellWord)].join(' ')
