/** Colors code: TypeScript by its own scanner, command lines by what is said of them. */
import ts from 'typescript'

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const { SyntaxKind } = ts

function kindOf(token: ts.SyntaxKind): string | undefined {
  if (token >= SyntaxKind.FirstKeyword && token <= SyntaxKind.LastKeyword) return 'keyword'
  if (token === SyntaxKind.SingleLineCommentTrivia || token === SyntaxKind.MultiLineCommentTrivia)
    return 'comment'
  if (token === SyntaxKind.NumericLiteral) return 'number'
  if (token === SyntaxKind.StringLiteral || token === SyntaxKind.RegularExpressionLiteral) return 'string'
  if (token >= SyntaxKind.FirstTemplateToken && token <= SyntaxKind.LastTemplateToken) return 'string'
  return undefined
}

/** `link` gives the address of a name that has one. */
function typescript(code: string, link: (name: string) => string | undefined): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, code)
  let html = ''
  let before = ''
  for (let token = scanner.scan(); token !== SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const text = scanner.getTokenText()
    const kind = kindOf(token)
    // What stands behind a dot is of something else, whatever it is called.
    const address = token === SyntaxKind.Identifier && !before.endsWith('.') ? link(text) : undefined
    before = text
    if (address !== undefined) html += `<a href="${address}">${escaped(text)}</a>`
    else html += kind === undefined ? escaped(text) : `<span class="${kind}">${escaped(text)}</span>`
  }
  return html
}

const shell = (code: string): string =>
  escaped(code).replace(/(^|\s)(#.*)$/gm, '$1<span class="comment">$2</span>')

export function highlighted(
  code: string,
  language: string,
  link: (name: string) => string | undefined = () => undefined,
): string {
  if (/^(ts|js|typescript|javascript)$/.test(language)) return typescript(code, link)
  return /^(sh|bash|shell)$/.test(language) ? shell(code) : escaped(code)
}
