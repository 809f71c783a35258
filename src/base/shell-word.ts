/** A word as it can be pasted into a POSIX shell: in quotes where it holds anything that a shell would read. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** A command of ours, its words quoted where they must be. */
export const commandLine = (...words: readonly string[]): string =>
  ['betavae', ...words.map(shellWord)].join(' ')
