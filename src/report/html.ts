/** Markup from templates that escape whatever is put into them: names of data sets and columns are not trusted. */

/** Text that is HTML or SVG already. */
export interface Markup {
  readonly markup: string
}

export type Content = Markup | string | number | undefined | readonly Content[]

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

/** Trusts a text of this project's own: a style sheet, a script. */
export const trusted = (markup: string): Markup => ({ markup })

/** Template tag; strings and numbers are escaped, markup and lists of it are put in as they are. */
export const html = (strings: TemplateStringsArray, ...contents: readonly Content[]): Markup =>
  trusted(strings.reduce((sofar, text, i) => sofar + written(contents[i - 1]) + text))

function written(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'string' || typeof content === 'number') return escapeHtml(String(content))
  return 'markup' in content ? content.markup : content.map(written).join('')
}
