import { widthOf } from './letters.ts'

/** Words between blanks; what stands in quotes for a shell is one. */
const WORDS = /(?:(?<=^|[\s=])'[^']*'(?=[\s,;:.)]|$)|\S)+/g

/** Lines of at most `width` columns, broken at blanks; those after the first are moved in by `indent`. */
export function wrapped(text: string, width: number, indent: number): string[] {
  const [lead] = /^ */.exec(text) as RegExpExecArray
  const lines: string[] = []
  let line = lead
  for (const word of wordsOf(text, width - indent)) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`
    if (widthOf(longer) <= width || line.trim() === '') line = longer
    else {
      lines.push(line)
      line = ' '.repeat(indent) + word
    }
  }
  return [...lines, line]
}

function wordsOf(text: string, room: number): string[] {
  const words = text.match(WORDS) ?? []
  return words.flatMap((word) => (widthOf(word) <= room ? [word] : word.split(' ')))
}

/** Blanks at the front of what has a color. */
const COLORED_LEAD = /^((?:\p{Cc}\[[\d;]*m)+)( +)/u

/** A line as it fits: what is too wide goes on below, as far in as it began, or by two columns. */
export function fitted(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line]
  const text = line.replace(COLORED_LEAD, '$2$1')
  const [lead] = /^ */.exec(text) as RegExpExecArray
  return wrapped(text, width, lead.length || 2)
}

/** How far in a command goes on, further than what is said of it. */
const FURTHER = '    '

/** Words of a shell: quotes hold blanks. */
const SHELL_WORDS = /(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g

/** A command as it fits and can still be pasted into a shell: it goes on after a backslash. */
export function commandLines(command: string, width: number): string[] {
  if (widthOf(command) <= width) return [command]
  const [lead] = /^ */.exec(command) as RegExpExecArray
  const [first, ...words] = command.match(SHELL_WORDS) ?? []
  const lines: string[] = []
  let line = lead + first
  for (const word of words) {
    if (widthOf(`${line} ${word} \\`) > width) {
      lines.push(`${line} \\`)
      line = `${lead}${FURTHER}${word}`
    } else line += ` ${word}`
  }
  return [...lines, line]
}
