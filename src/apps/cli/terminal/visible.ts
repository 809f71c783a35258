/** Our own styles, and what else a terminal obeys instead of showing it (ECMA-48), but for line ends and tabs. */
const OBEYED = /(?!\r\n|[\n\t])\p{Cc}(?:\[(?:1|2|22|33|36|39)m)?/gu

const ESCAPE = 0x1b

/**
 * A text in which nothing commands the terminal but our own styles: names of files, columns and cells are strangers'
 * words, and may hold what moves the cursor, renames the window or writes into the clipboard.
 */
export const visible = (text: string): string =>
  text.replace(OBEYED, (found) => {
    const isStyle = found.length > 1 && found.charCodeAt(0) === ESCAPE
    return isStyle ? found : picture(found.charCodeAt(0)) + found.slice(1)
  })

/** Unicode has pictures of the first control characters and of the last one of ASCII. */
function picture(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\ufffd'
}
